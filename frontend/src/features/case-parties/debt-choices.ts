import type { CaseDetail } from "@/api/types";

export interface DebtChoice {
  id: string;
  label: string;
}

/** Debts as they are chosen from: the creditor and the contract. */
export const debtChoices = (
  obligations: readonly Pick<CaseDetail["obligations"][number], "id" | "creditor" | "contract_number">[],
): DebtChoice[] =>
  obligations.map((debt) => ({ id: debt.id, label: `${debt.creditor.name}, ${debt.contract_number}` }));
