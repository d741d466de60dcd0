"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import type { components } from "@/api/schema";
import { Panel } from "@/components/desk/panel";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-input";
import { api } from "@/lib/api-client";
import { formatDateTime } from "@/lib/format";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";
import { useProblemText } from "@/lib/use-problem-text";

type NotePage = components["schemas"]["CommentPage"];

/** Notes for the own side alone: those of an organisation its people read, those of a single specialist only he. */
export const OwnNotes = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("common.notes");
  const locale = useLocale();
  const id = useId();
  const describe = useProblemText();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const { keyFor, renew } = useIdempotencyKey();
  const key = ["own-notes", caseId];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<NotePage>(`/cases/${caseId}/comments/`, { query: { audience: "organisation" }, signal }),
  });
  const add = useMutation({
    mutationFn: (words: string) => {
      const body = { text: words, audience: "organisation" };
      return api.post(`/cases/${caseId}/comments/`, body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: () => {
      renew();
      setText("");
      void queryClient.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Panel title={t("title")}>
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() && !add.isPending) add.mutate(text);
        }}
      >
        <TextArea
          id={id}
          label={t("label")}
          help={t("help")}
          rows={2}
          maxLength={4000}
          className="[&_textarea]:min-h-20"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {add.error !== null && (
          <Alert tone="danger" live>
            {describe(add.error)}
          </Alert>
        )}
        <Button
          type="submit"
          variant="secondary"
          size="dense"
          className="self-start"
          busy={add.isPending}
          disabled={!text.trim()}
        >
          {t("add")}
        </Button>
      </form>
      <Loaded query={query} shapes={["h-16"]}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{t("none")}</p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {items.map((note) => (
                <li key={note.id} className="flex flex-col gap-0.5 py-2">
                  <span className="text-xs text-muted">
                    {note.author_label}, {formatDateTime(note.created_at, locale)}
                  </span>
                  <span className="measure whitespace-pre-wrap">{note.text}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
};
