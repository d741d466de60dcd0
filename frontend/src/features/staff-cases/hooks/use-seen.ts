"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { useMarkSeen } from "../list-mutations";
import { staffCaseQuery } from "../queries";

/** While a case is open it is no news to its reader: noted at opening, and again whenever something happens in it. */
export const useSeen = (caseId: string) => {
  const { data } = useQuery({ ...staffCaseQuery(caseId), refetchOnMount: false });
  const { mutate } = useMarkSeen();
  const changed = data?.updated_at;
  useEffect(() => {
    if (changed) mutate(caseId);
  }, [caseId, changed, mutate]);
};
