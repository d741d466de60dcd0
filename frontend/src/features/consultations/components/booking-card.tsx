"use client";

import { CalendarPlus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button, buttonStyles } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { apiUrl } from "@/lib/api-client";
import { formatDate, formatMoney } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type Booking, useBookingStep } from "../queries";
import { almaty, SlotPicker } from "./slot-picker";

const TONES: Record<Booking["status"], BadgeTone> = {
  booked: "info",
  held: "success",
  no_show: "warning",
  cancelled: "neutral",
  summary_sent: "success",
};

const WordsDialog = ({
  booking,
  kind,
  onClose,
}: {
  booking: Booking;
  kind: "cancel" | "summary";
  onClose: () => void;
}) => {
  const t = useTranslations(`consultations.${kind}`);
  const id = useId();
  const [words, setWords] = useState("");
  const name = kind === "cancel" ? "reason" : "summary";
  const step = useBookingStep<Record<string, string>>(booking.id, kind, onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      danger={kind === "cancel"}
      busy={step.isPending}
      error={step.error}
      isAtFields={isPlaced(step.error, [name])}
      onSubmit={() => step.mutate({ [name]: words })}
      onClose={onClose}
    >
      <TextArea
        id={id}
        label={t("words")}
        error={errorAt(step.error, name)}
        rows={kind === "cancel" ? 2 : 6}
        maxLength={kind === "cancel" ? 500 : 6000}
        className="[&_textarea]:min-h-20"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};

const MoveDialog = ({ booking, onClose }: { booking: Booking; onClose: () => void }) => {
  const t = useTranslations("consultations.move");
  const [startsAt, setStartsAt] = useState("");
  const step = useBookingStep<{ starts_at: string }>(booking.id, "move", onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={step.isPending}
      error={step.error}
      onSubmit={() => startsAt && step.mutate({ starts_at: startsAt })}
      onClose={onClose}
    >
      <SlotPicker hostId={booking.host_id} value={startsAt} onValue={setStartsAt} />
    </FormDialog>
  );
};

const Buttons = ({ booking }: { booking: Booking }) => {
  const t = useTranslations("consultations.card");
  const toast = useToast();
  const describe = useProblemText();
  const [open, setOpen] = useState<"move" | "cancel" | "summary" | null>(null);
  const finish = useBookingStep<{ action: "hold" | "no_show" }>(booking.id, "finish", () => undefined);
  const can = (name: string) => booking.allowed_actions.includes(name);
  const end = (action: "hold" | "no_show") =>
    finish.mutate({ action }, { onError: (error) => toast.show("danger", describe(error)) });
  return (
    <div className="flex flex-wrap gap-2">
      {booking.status === "booked" && (
        <a
          href={apiUrl(`/consultations/${booking.id}/calendar/`)}
          className={buttonStyles({ variant: "secondary", size: "dense" })}
        >
          <CalendarPlus aria-hidden className="size-4" />
          {t("calendar")}
        </a>
      )}
      {can("hold") && (
        <Button size="dense" busy={finish.isPending} onClick={() => end("hold")}>
          {t("hold")}
        </Button>
      )}
      {can("no_show") && (
        <Button variant="secondary" size="dense" busy={finish.isPending} onClick={() => end("no_show")}>
          {t("noShow")}
        </Button>
      )}
      {can("summarise") && (
        <Button size="dense" onClick={() => setOpen("summary")}>
          {t("summarise")}
        </Button>
      )}
      {can("move") && (
        <Button variant="secondary" size="dense" onClick={() => setOpen("move")}>
          {t("move")}
        </Button>
      )}
      {can("cancel") && (
        <Button variant="quiet" size="dense" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {open === "move" && <MoveDialog booking={booking} onClose={() => setOpen(null)} />}
      {(open === "cancel" || open === "summary") && (
        <WordsDialog booking={booking} kind={open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
};

/** One consultation: when, with whom, where, and what can be done. */
export const BookingCard = ({ booking }: { booking: Booking }) => {
  const t = useTranslations("consultations.card");
  const locale = useLocale();
  const { day, time } = almaty(booking.starts_at);
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <p className="font-semibold text-ink">
            {formatDate(day, locale)}, {time}–{almaty(booking.ends_at).time}
          </p>
          <p className="text-muted">
            {booking.as_host ? booking.borrower_name : `${booking.host_name}, ${booking.host_kind_label}`}
          </p>
        </div>
        <Badge tone={TONES[booking.status]}>{booking.status_label}</Badge>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        <span>{booking.way_label}</span>
        <span>{booking.fee_tiyn ? t("fee", { sum: formatMoney(booking.fee_tiyn) }) : t("free")}</span>
        {booking.case_number && <span>{booking.case_number}</span>}
      </p>
      {booking.place &&
        (booking.place.startsWith("https://") ? (
          <a
            href={booking.place}
            target="_blank"
            rel="noreferrer"
            className="font-medium text-primary underline"
          >
            {t("join")}
          </a>
        ) : (
          <p>{booking.place}</p>
        ))}
      {booking.topic && <p className="measure whitespace-pre-wrap">{booking.topic}</p>}
      {booking.reason && <p className="text-muted">{t("reason", { words: booking.reason })}</p>}
      {booking.summary && (
        <div className="rounded-card bg-primary-soft p-3">
          <p className="font-medium">{t("summary")}</p>
          <p className="measure whitespace-pre-wrap">{booking.summary}</p>
        </div>
      )}
      <Buttons booking={booking} />
    </li>
  );
};
