import { getTranslations } from "next-intl/server";

import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { parseTypedDate } from "@/lib/dates";
import { formatDate } from "@/lib/format";
import type { Locale } from "@/lib/i18n/locales";

import { fetchLawEvents, fetchLawTerms } from "../queries";
import { CalculatorForm } from "./calculator-form";
import { ShareLink } from "./share-link";
import { TermList } from "./term-list";

interface CalculatorProps {
  locale: Locale;
  /** As they stand in the address: `date` may be ISO or typed by hand. */
  event: string | undefined;
  date: string | undefined;
}

const Result = async ({ locale, event, date }: { locale: Locale; event: string; date: string }) => {
  const t = await getTranslations("terms");
  const answer = await fetchLawTerms(locale, event, date);
  if (!answer.ok) {
    return (
      <Alert tone={answer.status === 400 ? "warning" : "danger"} live>
        {answer.status === 400 ? t("dateRefused") : t("unavailable")}
      </Alert>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">
        {t("resultTitle", { date: formatDate(date, locale, "from") })}
      </h2>
      {answer.data.terms.length > 0 ? (
        <TermList terms={answer.data.terms} />
      ) : (
        <Alert tone="info">{t("none")}</Alert>
      )}
      <p className="measure text-sm text-muted">{t("disclaimer")}</p>
      <ShareLink />
    </div>
  );
};

/** Terms of the law from one date, rendered on the server from the address of the page. */
export const Calculator = async ({ locale, event, date }: CalculatorProps) => {
  const t = await getTranslations("terms");
  const events = await fetchLawEvents(locale);
  if (!events.ok) {
    return (
      <Card id="terms">
        <Alert tone="warning" title={t("title")}>
          <p>{t("unavailable")}</p>
          <p>
            <a href={`/${locale}#terms`} className={buttonStyles({ variant: "secondary", size: "dense" })}>
              {t("retry")}
            </a>
          </p>
        </Alert>
      </Card>
    );
  }
  const items = events.data.items;
  const chosen = items.find((item) => item.kind === event)?.kind ?? items[0]?.kind ?? "";
  const iso = date === undefined ? null : parseTypedDate(date);
  return (
    <div id="terms" className="flex scroll-mt-4 flex-col gap-6">
      <Card aria-labelledby="terms-title" className="flex flex-col gap-4">
        <h2 id="terms-title" className="text-lg font-semibold sm:text-xl">
          {t("title")}
        </h2>
        <CalculatorForm
          key={`${chosen}${iso ?? ""}`}
          events={items}
          event={chosen}
          date={iso ?? date ?? ""}
        />
      </Card>
      <div id="terms-result" aria-live="polite" className="scroll-mt-4">
        {date !== undefined && iso === null && <Alert tone="warning">{t("dateWrong")}</Alert>}
        {iso !== null && <Result locale={locale} event={chosen} date={iso} />}
      </div>
    </div>
  );
};
