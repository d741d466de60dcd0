import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { isProblem } from "@/lib/problem";

import type { DataRequest } from "../types";

type Blocker = DataRequest["preview"]["blockers"][number];

const isBlocker = (value: unknown): value is Blocker =>
  typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";

/** What a refusal of the server names as standing in the way. */
export const blockersOf = (error: unknown): Blocker[] => {
  const named = isProblem(error) ? error.extra.blockers : undefined;
  return Array.isArray(named) ? named.filter(isBlocker) : [];
};

/** What has to be finished before data can be erased. */
export const Blockers = ({ blockers }: { blockers: readonly Blocker[] }) => {
  const t = useTranslations("staffDataRequests");
  if (blockers.length === 0) return null;
  return (
    <Alert tone="warning" title={t("blockers")} live>
      <ul className="list-disc pl-5">
        {blockers.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Alert>
  );
};
