"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { formatDate } from "@/lib/format";
import { sessionQuery } from "@/lib/session";

/**
 * A representative must never take another's case for his own: the page says whose it is, what he may do and until when.
 * `borrowerName` is the name on a case that is looked at for its borrower; without it everybody represented is named.
 */
export const ActingFor = ({
  borrowerName,
  isOnBehalf = false,
}: {
  borrowerName?: string;
  /** The server counts what is done here as done for the borrower. A power only to see is known by its name alone. */
  isOnBehalf?: boolean;
}) => {
  const t = useTranslations("parties.actingFor");
  const locale = useLocale();
  const { data: session } = useQuery(sessionQuery);
  const represents = session?.user?.represents ?? [];
  const isOwnName = session?.user?.full_name === borrowerName;
  const shown =
    borrowerName === undefined
      ? represents
      : represents.filter((item) => item.principal_name === borrowerName && (isOnBehalf || !isOwnName));
  if (shown.length === 0 && !isOnBehalf) return null;
  const rights = (scope: readonly string[]) => {
    if (scope.includes("sign")) return t("sign");
    return scope.includes("act") ? t("act") : t("view");
  };
  return (
    <Alert tone="info" title={t(borrowerName === undefined ? "listTitle" : "caseTitle")}>
      {shown.length === 0 && <p>{borrowerName}</p>}
      <ul className="flex flex-col gap-1">
        {shown.map((item) => (
          <li key={item.power_id}>
            {t("line", {
              name: item.principal_name || t("noName"),
              rights: rights(item.scope),
              date: formatDate(item.valid_until, locale, "until"),
            })}
          </li>
        ))}
      </ul>
    </Alert>
  );
};
