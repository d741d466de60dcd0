"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Row, Rows } from "@/components/desk/rows";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";
import { useUrlFilters } from "@/lib/use-url-filters";

import { claimsQuery } from "../queries";
import { ClaimCompare } from "./claim-compare";

const FILTERS = ["claim"] as const;
const COLUMNS = "md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_7.5rem]";

/** Accounts that seem to belong to one person: the same ИИН was typed in both. */
export const DuplicateList = () => {
  const t = useTranslations("staffDuplicates");
  const locale = useLocale();
  const { get, set } = useUrlFilters(FILTERS);
  const query = useInfiniteQuery(claimsQuery);
  const claims = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = claims.find(({ id }) => id === get("claim"));
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      {chosen && <ClaimCompare key={chosen.id} claim={chosen} onDone={() => set({ claim: "" })} />}
      <ListFrame query={query} count={claims.length} empty={{ title: t("emptyTitle"), text: t("emptyText") }}>
        <Rows
          label={t("title")}
          columns={COLUMNS}
          head={[t("column.holder"), t("column.claimant"), t("column.found"), ""]}
        >
          {claims.map((claim) => (
            <Row key={claim.id} columns={COLUMNS}>
              <span className="min-w-0 font-medium text-ink">
                {claim.holder.full_name || t("noName")}
                <span className="block font-normal text-muted">{claim.holder.masked_phone}</span>
              </span>
              <span className="min-w-0 font-medium text-ink">
                {claim.claimant.full_name || t("noName")}
                <span className="block font-normal text-muted">{claim.claimant.masked_phone}</span>
              </span>
              <span className="text-muted">{formatDate(claim.created_at, locale)}</span>
              <span className="md:text-right">
                {claim.id === chosen?.id ? (
                  <span className="text-muted">{t("opened")}</span>
                ) : (
                  <Button
                    variant="secondary"
                    size="dense"
                    className="max-md:min-h-11"
                    onClick={() => {
                      set({ claim: claim.id });
                      window.scrollTo({ top: 0 });
                    }}
                  >
                    {t("compareButton")}
                  </Button>
                )}
              </span>
            </Row>
          ))}
        </Rows>
      </ListFrame>
    </Desk>
  );
};
