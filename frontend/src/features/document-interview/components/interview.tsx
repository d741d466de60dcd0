"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Link, useRouter } from "@/lib/i18n/navigation";

import { REVIEW, useQuestionAddress } from "../hooks/use-question-address";
import { draftQuery } from "../queries";
import { asked } from "../typed";
import type { DebtChoice, DraftDetail, Places } from "../types";
import { DiscardButton } from "./discard-button";
import { Question } from "./question";
import { Review } from "./review";
import { ReviewMark } from "./review-mark";

interface InterviewProps {
  draftId: string;
  places: Places;
  /** Debts of the case, to say which one the document is about. */
  debts: readonly DebtChoice[];
  /** `h1` where nothing else on the page has a heading. */
  heading?: "h1" | "h2";
}

/** Where to go on: at the beginning when nobody has answered yet, else at what is missing, else at the look over. */
const startOf = (draft: DraftDetail): string => {
  const fields = asked(draft.fields_asked);
  const isFresh = fields.every((field) => field.is_known || field.value === null);
  return (isFresh ? fields[0]?.code : draft.missing[0]) ?? REVIEW;
};

/** Takes a reader of the screen to the new question; nothing moves when the page is opened. */
const useFocusOn = (question: string) => {
  const place = useRef<HTMLDivElement>(null);
  const seen = useRef(question);
  useEffect(() => {
    if (seen.current === question) return;
    seen.current = question;
    place.current?.focus();
  }, [question]);
  return place;
};

type StepsProps = Omit<InterviewProps, "draftId"> & { draft: DraftDetail };

const Head = ({ draft, debts, heading: Heading = "h2" }: Omit<StepsProps, "places">) => {
  const t = useTranslations("documentInterview");
  const about = debts.find(({ id }) => id === draft.obligation_id)?.label;
  return (
    <div className="flex flex-col items-start gap-1">
      <Heading className="text-lg font-bold sm:text-xl">{draft.title}</Heading>
      <p className="text-sm text-muted">{about ?? (draft.obligation_id === null ? t("wholeCase") : "")}</p>
      {draft.revises_number && (
        <p className="text-sm">
          {t(draft.revises_signed ? "replacing" : "revising", {
            number: draft.revises_number,
            reason: draft.reason,
          })}
        </p>
      )}
      {draft.needs_review && <ReviewMark />}
    </div>
  );
};

const Steps = ({ draft, places, debts, heading }: StepsProps) => {
  const t = useTranslations("documentInterview");
  const router = useRouter();
  const address = useQuestionAddress();
  const fields = asked(draft.fields_asked);
  // Answers change while a question is open: the place to begin is chosen once.
  const [start] = useState(() => startOf(draft));
  const wanted = address.question ?? start;
  const field = fields.find(({ code }) => code === wanted);
  const at = field ? fields.indexOf(field) : fields.length;
  const place = useFocusOn(field?.code ?? REVIEW);
  const before = fields[at - 1];
  const back = before && (() => address.go(before.code));
  const goOn = (saved: DraftDetail) => {
    const rows = asked(saved.fields_asked);
    const next = rows[rows.findIndex(({ code }) => code === field?.code) + 1];
    address.go(address.isEdit || !next ? REVIEW : next.code);
  };
  const label = field ? t("progress", { at: at + 1, total: fields.length }) : t("review.title");
  return (
    <div className="flex flex-col gap-5">
      <Head draft={draft} debts={debts} heading={heading} />
      <Progress value={at} max={Math.max(fields.length, 1)} label={label} />
      <div ref={place} tabIndex={-1} className="outline-none" role="group" aria-label={label}>
        {field ? (
          <Question
            key={field.code}
            draft={draft}
            field={field}
            submitLabel={t(address.isEdit ? "save" : "next")}
            onBack={address.isEdit ? () => address.go(REVIEW) : back}
            onSaved={goOn}
          />
        ) : (
          <Review
            draft={draft}
            onEdit={(code) => address.go(code, { isEdit: true })}
            onBack={back ?? (() => router.push(places.documents))}
            onMade={(documentId) => router.push(places.document(documentId))}
          />
        )}
      </div>
      <div className="flex flex-col items-start gap-1 border-t border-line pt-4">
        <p className="text-sm text-muted">{t("savedNote")}</p>
        <DiscardButton draft={draft} onDone={() => router.push(places.documents)} />
      </div>
    </div>
  );
};

/** The questions of one document, one at a time, and the look over before it is made. */
export const Interview = ({ draftId, ...shown }: InterviewProps) => {
  const { places } = shown;
  const t = useTranslations("documentInterview");
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-4">
      <Link
        href={places.documents}
        className="inline-flex min-h-11 items-center gap-1 self-start font-medium text-primary"
      >
        <ChevronLeft aria-hidden className="size-5" />
        {t("toDocuments")}
      </Link>
      <Loaded query={useQuery(draftQuery(draftId))} shapes={["h-8 w-2/3", "h-48"]}>
        {(draft) =>
          draft.document_id ? (
            <EmptyState title={t("made.title")} text={t("made.text")}>
              <Link href={places.document(draft.document_id)} className={buttonStyles({})}>
                {t("made.open")}
              </Link>
            </EmptyState>
          ) : (
            <Steps draft={draft} {...shown} />
          )
        }
      </Loaded>
    </div>
  );
};
