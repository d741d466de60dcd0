"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export const REVIEW = "review";

interface Going {
  isEdit?: boolean;
  replace?: boolean;
}

/** The question lives in the address: the phone's own «back» works, a reload stays in place. */
export const useQuestionAddress = () => {
  const params = useSearchParams();
  const go = useCallback((question: string, { isEdit = false, replace = false }: Going = {}) => {
    const target = `?${new URLSearchParams({ question, ...(isEdit ? { edit: "1" } : {}) })}`;
    if (replace) window.history.replaceState(null, "", target);
    else window.history.pushState(null, "", target);
    window.scrollTo(0, 0);
  }, []);
  return { question: params.get("question"), isEdit: params.get("edit") === "1", go };
};
