"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { RadioCards } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/text-input";
import { formatMoney } from "@/lib/format";

import { type BookingInput, type Host, useBook } from "../queries";
import { SlotPicker } from "./slot-picker";

type Way = BookingInput["way"];

/** Booking a time with one specialist. */
export const BookDialog = ({
  host,
  caseId,
  onClose,
}: {
  host: Host;
  caseId: string;
  onClose: () => void;
}) => {
  const t = useTranslations("consultations.book");
  const id = useId();
  const ways: Way[] = [
    ...(host.online ? (["online"] as const) : []),
    "phone",
    ...(host.office ? (["office"] as const) : []),
  ];
  const [startsAt, setStartsAt] = useState("");
  const [way, setWay] = useState<Way>(ways[0] ?? "phone");
  const [topic, setTopic] = useState("");
  const book = useBook(onClose);
  return (
    <FormDialog
      title={t("title", { name: host.full_name })}
      lead={host.fee_tiyn ? t("fee", { sum: formatMoney(host.fee_tiyn) }) : t("free")}
      submitLabel={t("submit")}
      busy={book.isPending}
      error={book.error}
      isAtFields={isPlaced(book.error, ["way", "topic"])}
      onSubmit={() =>
        startsAt &&
        book.mutate({ host_id: host.id, starts_at: startsAt, way, topic, case_id: caseId || null })
      }
      onClose={onClose}
    >
      <SlotPicker hostId={host.id} value={startsAt} onValue={setStartsAt} />
      <RadioCards
        id={`${id}-way`}
        label={t("way")}
        name={`${id}-way`}
        value={way}
        error={errorAt(book.error, "way")}
        choices={ways.map((one) => ({ value: one, label: t(`ways.${one}`) }))}
        onValueChange={(value) => setWay(ways.find((one) => one === value) ?? way)}
      />
      <TextArea
        id={`${id}-topic`}
        label={t("topic")}
        help={t("topicHelp")}
        error={errorAt(book.error, "topic")}
        rows={3}
        maxLength={1000}
        className="[&_textarea]:min-h-20"
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
      />
    </FormDialog>
  );
};
