"use client";

import { useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/lib/i18n/navigation";

import { usePrepareSet } from "../mutations";
import type { DebtChoice, Places, SetItem } from "../types";

const TONES: Record<SetItem["outcome"], BadgeTone> = {
  made: "success",
  already: "neutral",
  asks: "warning",
  not_possible: "warning",
};

interface PrepareSetProps {
  caseId: string;
  places: Places;
  debts: readonly DebtChoice[];
}

const Item = ({ item, places, debts }: { item: SetItem } & Omit<PrepareSetProps, "caseId">) => {
  const t = useTranslations("documentInterview");
  const about =
    debts.find(({ id }) => id === item.obligation_id)?.label ??
    (item.obligation_id === null ? t("wholeCase") : "");
  const link = item.draft_id
    ? { href: `${places.documents}/interview/${item.draft_id}`, label: t("set.answer") }
    : item.document_id && { href: places.document(item.document_id), label: t("set.open") };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{item.title}</p>
        <p className="text-sm text-muted">{about}</p>
        {item.missing.length > 0 && <p className="text-sm text-muted">{item.missing.join(" ")}</p>}
      </div>
      <Badge tone={TONES[item.outcome]}>
        {item.outcome === "asks" ? t("set.asks", { count: item.missing.length }) : t(`set.${item.outcome}`)}
      </Badge>
      {link && (
        <Link
          href={link.href}
          aria-label={`${link.label}: ${item.title}`}
          className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
        >
          {link.label}
        </Link>
      )}
    </li>
  );
};

/** One press for everything that the procedures of a case begin with, told document by document. */
export const PrepareSet = ({ caseId, places, debts }: PrepareSetProps) => {
  const t = useTranslations("documentInterview.set");
  const prepare = usePrepareSet(caseId);
  const items = prepare.data?.items;
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="prepare-set">
      <h2 id="prepare-set" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      <ProblemAlert error={prepare.error} />
      <Button
        variant="secondary"
        className="sm:self-start"
        busy={prepare.isPending}
        onClick={() => prepare.mutate()}
      >
        {t("submit")}
      </Button>
      <div aria-live="polite">
        {items?.length === 0 && <p>{t("nothing")}</p>}
        {items && items.length > 0 && (
          <>
            <h3 className="font-semibold">{t("result")}</h3>
            <ul className="flex flex-col divide-y divide-line">
              {items.map((item) => (
                <Item key={`${item.code} ${item.obligation_id}`} item={item} places={places} debts={debts} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  );
};
