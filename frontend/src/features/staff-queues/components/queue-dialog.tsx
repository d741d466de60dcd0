"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Button } from "@/components/ui/button";
import { Checkbox, CheckboxCards } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/text-input";
import { api } from "@/lib/api-client";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { loadQuery, type StaffQueue, useTeamChange } from "../queries";
import { CREDITOR_TYPES, LANGUAGES, TRACK_KINDS, URGENCIES } from "../rule-text";

const NAMES = ["name_ru", "name_kk", "name_en"] as const;

const stateOf = (queue: StaffQueue | null) => ({
  name_ru: queue?.name_ru ?? "",
  name_kk: queue?.name_kk ?? "",
  name_en: queue?.name_en ?? "",
  distributes: queue?.distributes ?? false,
  member_ids: queue?.members.map(({ id }) => id) ?? [],
  track_kinds: [...(queue?.rule.track_kinds ?? [])] as string[],
  creditor_types: [...(queue?.rule.creditor_types ?? [])] as string[],
  languages: [...(queue?.rule.languages ?? [])] as string[],
  urgencies: (queue?.rule.urgencies ?? []).map(String),
});

/** A queue: its name in three languages, which cases fall to it, who takes them, and whether it gives out by itself. */
export const QueueDialog = ({ queue, onClose }: { queue: StaffQueue | null; onClose: () => void }) => {
  const t = useTranslations("staffQueues");
  const { data: load } = useQuery(loadQuery);
  const [form, setForm] = useState(() => stateOf(queue));
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const body = () => ({
    name_ru: form.name_ru,
    name_kk: form.name_kk,
    name_en: form.name_en,
    distributes: form.distributes,
    member_ids: form.member_ids,
    rule: {
      track_kinds: form.track_kinds,
      creditor_types: form.creditor_types,
      languages: form.languages,
      urgencies: form.urgencies.map(Number),
    },
  });
  const save = useTeamChange(
    () =>
      queue
        ? api.put<unknown>(`/staff/queues/${queue.id}/`, { ...body(), version: queue.version })
        : api.post<unknown>("/staff/queues/", body()),
    onClose,
  );
  const archive = useTeamChange(
    () => api.post<unknown>(`/staff/queues/${queue?.id ?? ""}/archive/`, { version: queue?.version }),
    onClose,
  );
  const error = save.error ?? archive.error;
  return (
    <FormDialog
      title={queue ? t("changeOf", { name: queue.name }) : t("add")}
      submitLabel={t("save")}
      busy={save.isPending}
      error={error}
      isAtFields={isPlaced(error, [...NAMES, "member_ids"])}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {NAMES.map((name) => (
        <TextInput
          key={name}
          id={`queue-${name}`}
          label={t(`fields.${name}`)}
          maxLength={120}
          value={form[name]}
          error={errorAt(error, name)}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <p className="text-muted">{t("ruleLead")}</p>
      <CheckboxCards
        id="queue-tracks"
        name="queue-tracks"
        label={t("fields.track_kinds")}
        values={form.track_kinds}
        choices={TRACK_KINDS.map((code) => ({ value: code, label: t(`rule.tracks.${code}`) }))}
        onValuesChange={(track_kinds) => set({ track_kinds: [...track_kinds] })}
      />
      <CheckboxCards
        id="queue-creditors"
        name="queue-creditors"
        label={t("fields.creditor_types")}
        values={form.creditor_types}
        choices={CREDITOR_TYPES.map((code) => ({ value: code, label: t(`rule.creditors.${code}`) }))}
        onValuesChange={(creditor_types) => set({ creditor_types: [...creditor_types] })}
      />
      <CheckboxCards
        id="queue-languages"
        name="queue-languages"
        label={t("fields.languages")}
        values={form.languages}
        choices={LANGUAGES.map((code) => ({ value: code, label: t(`rule.languages.${code}`) }))}
        onValuesChange={(languages) => set({ languages: [...languages] })}
      />
      <CheckboxCards
        id="queue-urgencies"
        name="queue-urgencies"
        label={t("fields.urgencies")}
        values={form.urgencies}
        choices={URGENCIES.map((level) => ({ value: level, label: t("rule.urgency", { level }) }))}
        onValuesChange={(urgencies) => set({ urgencies: [...urgencies] })}
      />
      <CheckboxCards
        id="queue-members"
        name="queue-members"
        label={t("fields.member_ids")}
        error={errorAt(error, "member_ids")}
        values={form.member_ids}
        choices={(load?.items ?? []).map(({ person }) => ({ value: person.id, label: person.full_name }))}
        onValuesChange={(member_ids) => set({ member_ids: [...member_ids] })}
      />
      <Checkbox
        id="queue-distributes"
        label={t("fields.distributes")}
        checked={form.distributes}
        onChange={(event) => set({ distributes: event.target.checked })}
      />
      {queue && (
        <Button
          variant="quiet"
          className="self-start text-danger"
          busy={archive.isPending}
          onClick={() => archive.mutate()}
        >
          {t("archive")}
        </Button>
      )}
    </FormDialog>
  );
};
