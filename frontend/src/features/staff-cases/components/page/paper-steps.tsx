"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "@/lib/use-problem-text";

import { useReviewPaper, useSettlePaper } from "../../mutations";
import type { StaffCase } from "../../types";

type Paper = StaffCase["papers"][number];

interface StepsProps {
  detail: StaffCase;
  paper: Paper;
}

/** A paper that is awaited: it was brought in person, or is not needed any more. */
const Settle = ({ detail, paper }: StepsProps) => {
  const t = useTranslations("casePapers.staff");
  const toast = useToast();
  const describe = useProblemText();
  const settle = useSettlePaper(detail.id, paper.id, () => undefined);
  const mark = (how: "received" | "waived") =>
    settle.mutate({ how }, { onError: (error) => toast.show("danger", describe(error)) });
  return (
    <>
      <Button
        variant="secondary"
        size="dense"
        busy={settle.isPending}
        aria-label={t("receivedOf", { name: paper.title })}
        onClick={() => mark("received")}
      >
        {t("received")}
      </Button>
      <Button
        variant="quiet"
        size="dense"
        busy={settle.isPending}
        aria-label={t("waiveOf", { name: paper.title })}
        onClick={() => mark("waived")}
      >
        {t("waive")}
      </Button>
    </>
  );
};

/** A paper that came: it will do, or it cannot be read and is asked for again with the reason. */
const Review = ({ detail, paper }: StepsProps) => {
  const t = useTranslations("casePapers.staff");
  const toast = useToast();
  const describe = useProblemText();
  const [isAsking, setAsking] = useState(false);
  const accept = useReviewPaper(detail.id, paper.id, () => undefined);
  const refuse = useReviewPaper(detail.id, paper.id, () => setAsking(false));
  return (
    <>
      <Button
        variant="secondary"
        size="dense"
        busy={accept.isPending}
        aria-label={t("acceptOf", { name: paper.title })}
        onClick={() =>
          accept.mutate(
            { decision: "accept", reason: "" },
            { onError: (error) => toast.show("danger", describe(error)) },
          )
        }
      >
        {t("accept")}
      </Button>
      <Button
        variant="quiet"
        size="dense"
        aria-label={t("unreadableOf", { name: paper.title })}
        onClick={() => setAsking(true)}
      >
        {t("unreadable")}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t("review.title")}
          lead={t("review.lead")}
          label={t("review.label")}
          help={t("review.help")}
          submitLabel={t("review.submit")}
          mutation={refuse}
          onSubmit={(reason) => refuse.mutate({ decision: "unreadable", reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};

/** What staff can do about one paper now. */
export const PaperSteps = ({ detail, paper }: StepsProps) => {
  const may = (action: string) => detail.allowed_actions.includes(action);
  if (paper.state === "received")
    return may("review_papers") ? <Review detail={detail} paper={paper} /> : null;
  const isAwaited = paper.state === "missing" || paper.state === "unreadable";
  return isAwaited && may("settle_papers") ? <Settle detail={detail} paper={paper} /> : null;
};
