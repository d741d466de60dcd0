"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import * as z from "zod/mini";

import { CheckedForm } from "@/components/form/checked-form";
import { ChoiceField, DateField, LongTextField, PhoneField, TextField } from "@/components/form/fields";
import { choiceRule, emailRule, phoneRule, textRule } from "@/components/form/rules";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { iinProblem } from "@/lib/iin";

import { type Begin, CONSENT_WAYS, useBegin } from "../../for-others";

const IIN_ERRORS = { length: "iinLength", not_digits: "iinDigits", invalid: "iinInvalid" } as const;

const POINTERS = {
  "/on_behalf/phone": "phone",
  "/on_behalf/full_name": "full_name",
  "/on_behalf/iin": "iin",
  "/on_behalf/email": "email",
  "/on_behalf/consent/given_by": "given_by",
  "/on_behalf/consent/given_on": "given_on",
  "/on_behalf/consent/note": "note",
} as const;

const useSchema = (today: string) => {
  const t = useTranslations("apply.errors");
  const own = useTranslations("caseIntake.begin.errors");
  return useMemo(() => {
    const dayTrouble = (typed: string) => {
      const iso = parseTypedDate(typed);
      if (!iso) return t("date");
      return iso > today ? t("dateFuture") : iso < "2000-01-01" ? t("dateOld") : null;
    };
    const judged = (trouble: (typed: string) => string | null) =>
      z.string().check((context) => {
        const message = trouble(context.value);
        if (message) context.issues.push({ code: "custom", message, input: context.value });
      });
    return z.object({
      phone: phoneRule(own("phone")),
      full_name: textRule({ missing: t("name"), max: 200, tooLong: t("tooLong") }),
      iin: judged((typed) => {
        const trouble = typed.trim() === "" ? null : iinProblem(typed);
        return trouble ? t(IIN_ERRORS[trouble]) : null;
      }),
      email: emailRule({ wrong: t("email") }),
      given_by: choiceRule(own("way")),
      given_on: judged(dayTrouble),
      note: textRule({ max: 1000, tooLong: t("tooLong") }),
    });
  }, [own, t, today]);
};

/** The first half of a case for somebody else: who it is, and that he agreed. Nothing is kept before that is written down. */
export const BeginForm = ({ today, onBegun }: { today: string; onBegun: (caseId: string) => void }) => {
  const t = useTranslations("caseIntake.begin");
  const locale = useLocale();
  const schema = useSchema(today);
  const begin = useBegin(locale, onBegun);
  const values: Begin = {
    phone: "",
    full_name: "",
    iin: "",
    email: "",
    given_by: "",
    given_on: toTypedDate(today),
    note: "",
  };
  return (
    <CheckedForm
      values={values}
      schema={schema}
      error={begin.error}
      busy={begin.isPending}
      submitLabel={t("submit")}
      pointers={POINTERS}
      onSubmit={(typed) => begin.mutate(typed)}
    >
      {(field) => (
        <>
          <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
            <h2 className="text-base font-semibold">{t("who")}</h2>
            <div className="grid gap-4 sm:grid-cols-2">
              <PhoneField {...field("phone")} label={t("phone")} help={t("phoneHelp")} />
              <TextField
                {...field("iin")}
                label={t("iin")}
                help={t("iinHelp")}
                isOptional
                inputMode="numeric"
                maxLength={20}
              />
            </div>
            <TextField {...field("full_name")} label={t("name")} help={t("nameHelp")} maxLength={200} />
            <TextField
              {...field("email")}
              label={t("email")}
              isOptional
              type="email"
              inputMode="email"
              maxLength={254}
            />
          </section>
          <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
            <div className="flex flex-col gap-1">
              <h2 className="text-base font-semibold">{t("consent")}</h2>
              <p className="measure text-muted">{t("consentLead")}</p>
            </div>
            <ChoiceField
              {...field("given_by")}
              label={t("way")}
              choices={CONSENT_WAYS.map((way) => ({ value: way, label: t(`ways.${way}`) }))}
            />
            <DateField {...field("given_on")} label={t("day")} />
            <LongTextField
              {...field("note")}
              label={t("note")}
              help={t("noteHelp")}
              isOptional
              maxLength={1000}
            />
          </section>
        </>
      )}
    </CheckedForm>
  );
};
