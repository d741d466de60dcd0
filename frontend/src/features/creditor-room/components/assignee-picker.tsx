"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { sessionQuery } from "@/lib/session";
import { useProblemText } from "@/lib/use-problem-text";

import { useGiveLetter } from "../mutations";
import { roomListsQuery } from "../queries";
import type { RoomLetterDetail } from "../types";

/** Who works on the letter: an administrator chooses, an officer takes it himself or puts it back. */
export const AssigneePicker = ({ letter }: { letter: RoomLetterDetail }) => {
  const t = useTranslations("room.assignee");
  const id = useId();
  const toast = useToast();
  const describe = useProblemText();
  const { data: lists } = useQuery(roomListsQuery);
  const { data: session } = useQuery(sessionQuery);
  const give = useGiveLetter(letter.id, () => undefined);
  const own = session?.user?.id;
  const set = (assigneeId: string | null) =>
    give.mutate({ assignee_id: assigneeId }, { onError: (error) => toast.show("danger", describe(error)) });
  if (letter.allowed_actions.includes("assign")) {
    return (
      <Select
        id={id}
        label={t("label")}
        value={letter.assignee?.id ?? ""}
        aria-busy={give.isPending || undefined}
        onChange={(event) => set(event.target.value || null)}
      >
        <option value="">{t("nobody")}</option>
        {(lists?.people ?? []).map((person) => (
          <option key={person.id} value={person.id}>
            {person.full_name}
          </option>
        ))}
      </Select>
    );
  }
  const isMine = letter.assignee?.id === own;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p>
        <span className="block text-xs text-muted">{t("label")}</span>
        {letter.assignee?.full_name ?? t("nobody")}
      </p>
      {letter.allowed_actions.includes("take") && own && (isMine || !letter.assignee) && (
        <Button
          variant="secondary"
          size="dense"
          busy={give.isPending}
          onClick={() => set(isMine ? null : own)}
        >
          {isMine ? t("putBack") : t("take")}
        </Button>
      )}
    </div>
  );
};
