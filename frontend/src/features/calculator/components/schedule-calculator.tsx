"use client";

import { useMutation } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";

import { TypedField } from "@/components/form/typed-field";
import { offerBody, OfferFields, type OfferName, offerPointer } from "@/components/schedules/offer-fields";
import { PlanComparison } from "@/components/schedules/plan-comparison";
import type { Comparison } from "@/components/schedules/types";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { copyText } from "@/lib/copy-text";
import { todayInAlmaty } from "@/lib/dates";
import { useHydrated } from "@/lib/use-hydrated";
import { useProblemText } from "@/lib/use-problem-text";
import { useTypedFields } from "@/lib/use-typed-fields";

import { CALCULATOR_SPECS, type CalculatorName, EMPTY, fromHash, isComplete, toHash } from "../address";

/** Fields of the debt itself; those of the offer are shared with the pages of a case. */
type OwnName = Exclude<CalculatorName, OfferName>;

const POINTERS: Partial<Record<CalculatorName, string>> = {
  principal: "/principal_tiyn",
  interest: "/interest_tiyn",
  penalty: "/penalty_tiyn",
  oldRate: "/old_rate_percent",
  oldMonths: "/old_months",
};

const useCalculation = () =>
  useMutation({ mutationFn: (body: object) => api.post<Comparison>("/calculators/schedule/", body) });

const ShareButton = () => {
  const t = useTranslations("calculator");
  const toast = useToast();
  const share = async () => {
    if (await copyText(location.href)) toast.show("success", t("copied"));
    else toast.show("info", t("copyByHand"));
  };
  return (
    <Button variant="quiet" onClick={() => void share()} className="print-hidden -ml-4 self-start">
      <Link2 aria-hidden className="size-5" />
      {t("share")}
    </Button>
  );
};

const Form = ({ initial }: { initial: Record<CalculatorName, string> }) => {
  const t = useTranslations("calculator");
  const describe = useProblemText();
  const calculation = useCalculation();
  const form = useTypedFields<CalculatorName>(
    CALCULATOR_SPECS,
    initial,
    calculation.error,
    (name) => POINTERS[name] ?? offerPointer(name) ?? `/${name}`,
  );
  const show = () => {
    const values = form.read();
    if (!values || calculation.isPending) return;
    history.replaceState(history.state, "", toHash(form.typed));
    calculation.mutate({
      principal_tiyn: values.principal,
      interest_tiyn: values.interest ?? 0,
      penalty_tiyn: values.penalty ?? 0,
      old_rate_percent: values.oldRate,
      old_months: values.oldMonths,
      new: offerBody(values),
    });
  };
  // A shared link shows its answer at once.
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || !isComplete(initial)) return;
    shown.current = true;
    show();
  });
  const field = (name: OwnName, help?: string) => (
    <TypedField
      form={form}
      name={name}
      spec={CALCULATOR_SPECS[name]}
      prefix="calculator"
      label={t(`fields.${name}`)}
      help={help}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show();
  };
  return (
    <div className="flex flex-col gap-8">
      <form noValidate onSubmit={submit} className="grid items-start gap-6 lg:grid-cols-2">
        <Card className="flex flex-col gap-4">
          <h2 className="text-lg font-semibold">{t("now")}</h2>
          {field("principal", t("principalHelp"))}
          {field("interest")}
          {field("penalty")}
          {field("oldRate")}
          {field("oldMonths")}
        </Card>
        <Card className="flex flex-col gap-4">
          <h2 className="text-lg font-semibold">{t("offer")}</h2>
          <OfferFields form={form} prefix="calculator" />
        </Card>
        {Boolean(calculation.error) && !form.isAtFields && (
          <Alert tone="danger" live className="lg:col-span-2">
            {describe(calculation.error)}
          </Alert>
        )}
        <Button type="submit" size="large" busy={calculation.isPending} className="sm:justify-self-start">
          {t("show")}
        </Button>
      </form>
      <div aria-live="polite">
        {calculation.data && (
          <Card className="flex flex-col gap-4">
            <h2 className="text-lg font-semibold">{t("result")}</h2>
            <PlanComparison comparison={calculation.data} start={todayInAlmaty()} />
            <p className="measure text-sm text-muted">{t("disclaimer")}</p>
            <ShareButton />
          </Card>
        )}
      </div>
    </div>
  );
};

/** Old and new terms compared without signing in; the figures live behind the # of the address. */
export const ScheduleCalculator = () => {
  const isHydrated = useHydrated();
  return <Form key={String(isHydrated)} initial={isHydrated ? fromHash(location.hash) : EMPTY} />;
};
