"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { buttonStyles } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { todayInAlmaty, toTypedDate } from "@/lib/dates";
import { Link, useRouter } from "@/lib/i18n/navigation";
import { isProblem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useDeviceDraft } from "@/lib/use-device-draft";

import {
  draftShape,
  emptyDraft,
  type PowerDraft,
  type PowerWords,
  type Step,
  stepOfPointer,
  stepsOf,
  toPowerInput,
} from "../draft";
import { useGivePower } from "../mutations";
import type { Power } from "../types";
import { AttachDocument } from "./attach-document";
import { ReviewStep } from "./review-step";
import { StepFrame } from "./step-frame";
import { DaysStep, PaperStep, ScopeStep, WhoStep } from "./wizard-steps";

const QUESTIONS = { who: WhoStep, scope: ScopeStep, days: DaysStep, paper: PaperStep } as const;
const OVERVIEW = "/account/powers";

const useWords = (): PowerWords => {
  const form = useTranslations("account.form");
  const t = useTranslations("powers.new");
  return {
    phone: form("phone"),
    required: form("required"),
    tooLong: form("tooLong"),
    date: form("date"),
    dateOrder: t("dateOrder"),
    threeYears: t("threeYears"),
  };
};

const DocumentStep = ({ power, total }: { power: Power; total: number }) => {
  const t = useTranslations("powers.document");
  const router = useRouter();
  const toast = useToast();
  return (
    <StepFrame title={t("title")} lead={t("lead")} number={total} total={total} onBack={null}>
      <AttachDocument
        powerId={power.id}
        onDone={() => {
          toast.show("success", t("done"));
          router.push(OVERVIEW);
        }}
        actions={
          <Link href={OVERVIEW} className={buttonStyles({ variant: "secondary" })}>
            {t("later")}
          </Link>
        }
      />
    </StepFrame>
  );
};

const Wizard = ({ personId }: { personId: string }) => {
  const t = useTranslations("powers.new");
  const words = useWords();
  const router = useRouter();
  const toast = useToast();
  const today = todayInAlmaty();
  const { draft, keep, forget } = useDeviceDraft<PowerDraft>(
    "power",
    personId,
    draftShape,
    emptyDraft(toTypedDate(today)),
  );
  const [waitsForPaper, setWaitsForPaper] = useState<Power | null>(null);
  const give = useGivePower((power) => {
    forget();
    if (power.allowed_actions.includes("attach_document")) return setWaitsForPaper(power);
    toast.show("success", t("done"));
    router.push(OVERVIEW);
  });
  const steps = stepsOf(draft);
  const signs = draft.scope.includes("sign");
  const total = steps.length + (signs ? 1 : 0);
  if (waitsForPaper) return <DocumentStep power={waitsForPaper} total={total} />;

  const at = Math.max(0, steps.indexOf(draft.step));
  const step = steps[at] ?? "who";
  const go = (next: Step, part: Partial<PowerDraft> = {}) => keep({ ...draft, ...part, step: next });
  const goOn = (part: Partial<PowerDraft>) => {
    const after = stepsOf({ ...draft, ...part });
    give.reset();
    go(after[after.indexOf(step) + 1] ?? "review", part);
  };
  const submit = () =>
    give.mutate(toPowerInput(draft), {
      onError: (error) => {
        const first = isProblem(error) ? error.errors[0] : undefined;
        const place = first ? stepOfPointer(first.pointer) : null;
        if (place) go(place);
      },
    });
  const Question = step === "review" ? null : QUESTIONS[step];
  return (
    <StepFrame
      key={step}
      title={t(`titles.${step}`)}
      lead={t(`leads.${step}`)}
      number={at + 1}
      total={total}
      onBack={at > 0 ? () => go(steps[at - 1] ?? "who") : null}
    >
      {Question ? (
        <Question
          draft={draft}
          words={words}
          today={today}
          error={give.error}
          onChange={(part) => keep({ ...draft, ...part })}
          onNext={goOn}
        />
      ) : (
        <ReviewStep draft={draft} busy={give.isPending} error={give.error} onChange={go} onSubmit={submit} />
      )}
    </StepFrame>
  );
};

export const PowerWizard = () => {
  const { data: session } = useQuery(sessionQuery);
  return session?.user ? <Wizard key={session.user.id} personId={session.user.id} /> : null;
};
