"use client";

import { ChevronRight, Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";

import type { CaseDetail, CaseNow } from "@/api/types";
import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

/** Where the thing is done; null when there is nothing to do. `#` addresses are parts of the page itself. */
const addressOf = ({ action, track_id }: CaseNow, caseId: string): string | null => {
  const base = `/cases/${caseId}`;
  switch (action.kind) {
    case "sign":
      return action.document_id ? `/sign/${action.document_id}` : null;
    case "continue_draft":
      return "/apply";
    case "add_facts":
      return `${base}/history?report=1`;
    case "next_step":
      return `${base}/terms`;
    case "answer_offer":
      return `${base}/offers`;
    case "answer_questions":
      return action.draft_id ? `${base}/documents/interview/${action.draft_id}` : null;
    case "hand_in_papers":
      return track_id ? `${base}/offers` : `${base}#papers`;
    case "decide":
    case "file":
      return `${base}#procedures`;
    case "find_help":
      return `${base}/help`;
    case "pay":
      return `${base}/debts`;
    case "wait":
    case "none":
      return null;
  }
};

/** Which procedure and which debt a card is about; nothing for a case with a single procedure. */
const aboutOf = (now: CaseNow, detail: CaseDetail): string => {
  const track = detail.tracks.find(({ id }) => id === now.track_id);
  if (!track || detail.now.length === 1) return "";
  const debt = detail.obligations.find(({ id }) => id === track.obligation_id);
  return [track.kind_label, debt?.creditor.name].filter(Boolean).join(" · ");
};

const First = ({ now, detail }: { now: CaseNow; detail: CaseDetail }) => {
  const t = useTranslations("cases.now");
  const address = addressOf(now, detail.id);
  const about = aboutOf(now, detail);
  return (
    <section
      aria-labelledby="now-title"
      className="flex flex-col gap-3 rounded-card border-2 border-primary bg-surface p-4 sm:p-6"
    >
      <p className="text-sm font-semibold text-primary">{t(now.is_yours ? "yours" : "label")}</p>
      <h2 id="now-title" className="text-lg font-semibold sm:text-xl">
        {now.title}
      </h2>
      {about && <p className="text-sm text-muted">{about}</p>}
      <p className="measure whitespace-pre-line">{now.text}</p>
      {address && (
        <Link href={address} className={buttonStyles({ size: "large", className: "sm:self-start" })}>
          {t(`actions.${now.action.kind}`)}
        </Link>
      )}
    </section>
  );
};

const Mine = ({ now, detail }: { now: CaseNow; detail: CaseDetail }) => {
  const address = addressOf(now, detail.id);
  const about = aboutOf(now, detail);
  const words = (
    <span className="min-w-0 flex-1">
      <span className="block font-semibold text-ink">{now.title}</span>
      {about && <span className="block text-sm text-muted">{about}</span>}
      <span className="block text-sm">{now.text}</span>
    </span>
  );
  return (
    <li>
      {address ? (
        <Link
          href={address}
          className="flex min-h-14 items-start gap-3 rounded-card border border-line bg-surface p-4 hover:border-primary"
        >
          {words}
          <ChevronRight aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
        </Link>
      ) : (
        <div className="flex items-start gap-3 rounded-card border border-line bg-surface p-4">{words}</div>
      )}
    </li>
  );
};

const Awaited = ({ now, detail }: { now: CaseNow; detail: CaseDetail }) => {
  const about = aboutOf(now, detail);
  return (
    <li className="flex items-start gap-3 border-b border-line py-3 last:border-b-0">
      <Hourglass aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <span className="min-w-0">
        <span className="block font-medium text-ink">{now.title}</span>
        {about && <span className="block text-sm text-muted">{about}</span>}
        <span className="block text-sm">{now.text}</span>
      </span>
    </li>
  );
};

/** «Что сейчас»: the one thing to do next, then what else is to be done, then what others are doing. */
export const NowCards = ({ detail }: { detail: CaseDetail }) => {
  const t = useTranslations("cases.now");
  const [first, ...rest] = detail.now;
  if (!first) return null;
  const mine = rest.filter((now) => now.is_yours);
  const awaited = rest.filter((now) => !now.is_yours);
  return (
    <>
      <First now={first} detail={detail} />
      {mine.length > 0 && (
        <section className="flex flex-col gap-3">
          <h2 className="text-lg font-semibold">{t("alsoYours")}</h2>
          <ul className="flex flex-col gap-2">
            {mine.map((now) => (
              <Mine key={now.track_id ?? now.title} now={now} detail={detail} />
            ))}
          </ul>
        </section>
      )}
      {awaited.length > 0 && (
        <section className="flex flex-col gap-1">
          <h2 className="text-lg font-semibold">{t("awaited")}</h2>
          <ul>
            {awaited.map((now) => (
              <Awaited key={now.track_id ?? now.title} now={now} detail={detail} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
