"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { NcaLayerError } from "@/lib/ncalayer";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { JudgingSteps, stepsIn } from "./judging-steps";
import { NcaLayerTroubleAlert } from "./ncalayer-trouble";

/** What helps beside what the refusal itself says. */
const NEXT_STEPS: Record<
  string,
  "otherPerson" | "otherRole" | "renew" | "signingKey" | "again" | "otherWay"
> = {
  eds_other_person: "otherPerson",
  eds_no_person: "otherPerson",
  eds_other_organisation: "otherRole",
  eds_no_right_to_sign: "otherRole",
  eds_expired: "renew",
  eds_revoked: "renew",
  eds_legacy: "renew",
  eds_wrong_key: "signingKey",
  eds_authority_silent: "again",
  eds_untrusted: "otherWay",
  eds_unsupported: "otherWay",
  eds_not_set_up: "otherWay",
};

/** Why a signature with a key was not taken: what happened, what to do, and on wish every step of the check. */
export const EdsRefusal = ({ error }: { error: unknown }) => {
  const t = useTranslations("eds");
  const describe = useProblemText();
  if (!error) return null;
  if (error instanceof NcaLayerError) return <NcaLayerTroubleAlert error={error} />;
  if (!isProblem(error)) {
    return (
      <Alert tone="danger" live>
        {describe(error)}
      </Alert>
    );
  }
  const name = error.code.slice(error.code.lastIndexOf(".") + 1);
  const next = NEXT_STEPS[name];
  const isKnown = name.startsWith("eds_");
  return (
    <Alert
      tone={next === "again" ? "warning" : "danger"}
      title={isKnown && error.title ? error.title : undefined}
      live
    >
      {/* Also an authority that is silent has words of its own, unlike other troubles of servers. */}
      <p>{isKnown && error.detail ? error.detail : describe(error)}</p>
      {next && <p>{t(`nextStep.${next}`)}</p>}
      <JudgingSteps steps={stepsIn(error.extra.steps)} />
    </Alert>
  );
};
