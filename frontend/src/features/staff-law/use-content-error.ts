"use client";

import { useMemo } from "react";

import { isProblem, Problem } from "@/lib/problem";

/** What the server says about parts of the content, by the names that the fields have here: /content/title/ru → /title_ru. */
export const useContentError = (error: unknown): unknown =>
  useMemo(() => {
    if (!isProblem(error)) return error;
    const errors = error.errors.map((one) => ({
      ...one,
      pointer: one.pointer.replace(/^\/content/, "").replace(/\/(ru|kk|en)$/, "_$1"),
    }));
    return new Problem(error.status, { ...error.extra, errors });
  }, [error]);
