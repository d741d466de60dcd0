"use client";

import { useQuery } from "@tanstack/react-query";

import { kindsQuery } from "../queries";
import type { DebtChoice, Places } from "../types";
import { PrepareSet } from "./prepare-set";

interface OfferedSetProps {
  caseId: string;
  places: Places;
  debts: readonly DebtChoice[];
}

/** Offered to who may have documents prepared, while some procedure of the case is about any. */
export const OfferedSet = ({ caseId, ...shown }: OfferedSetProps) => {
  const { data } = useQuery(kindsQuery(caseId));
  return data?.items.some((kind) => kind.is_suggested) ? <PrepareSet caseId={caseId} {...shown} /> : null;
};
