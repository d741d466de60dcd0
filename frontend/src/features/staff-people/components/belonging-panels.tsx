"use client";

import { useLocale, useTranslations } from "next-intl";

import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import type { PersonDetail } from "../types";

const linkStyles = "font-medium text-primary underline underline-offset-2";

/** For whom this person acts. */
export const MembershipsPanel = ({ person }: { person: PersonDetail }) => {
  const t = useTranslations("staffPeople");
  const locale = useLocale();
  if (person.memberships.length === 0) return null;
  return (
    <Panel title={t("panel.memberships")}>
      <ul className="flex flex-col divide-y divide-line">
        {person.memberships.map((membership) => (
          <li key={membership.id} className="py-2">
            <Link
              href={`/staff/organisations/${membership.organisation_id}`}
              prefetch={false}
              className={linkStyles}
            >
              {membership.organisation_name}
            </Link>
            <p className="text-muted">
              {[
                membership.post,
                membership.is_administrator ? t("administrator") : "",
                t("since", { date: formatDate(membership.since, locale, "from") }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** The same person seems to have another account, or this account was closed in favour of another. */
export const DuplicateNotes = ({ person }: { person: PersonDetail }) => {
  const t = useTranslations("staffPeople");
  return (
    <>
      {person.merged_into && (
        <Alert tone="info">
          <p>
            {t("mergedInto")}{" "}
            <Link href={`/staff/people/${person.merged_into}`} prefetch={false} className={linkStyles}>
              {t("toOther")}
            </Link>
          </p>
        </Alert>
      )}
      {person.duplicates.length > 0 && (
        <Alert tone="warning" title={t("duplicateTitle")}>
          <ul className="flex flex-col gap-1">
            {person.duplicates.map((other) => (
              <li key={other.claim_id}>
                <Link href={`/staff/people/${other.person_id}`} prefetch={false} className={linkStyles}>
                  {other.full_name || t("noName")}
                </Link>
                {person.allowed_actions.includes("merge") && (
                  <>
                    {" · "}
                    <Link
                      href={`/staff/people/duplicates?claim=${other.claim_id}`}
                      prefetch={false}
                      className={linkStyles}
                    >
                      {t("compare")}
                    </Link>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
};
