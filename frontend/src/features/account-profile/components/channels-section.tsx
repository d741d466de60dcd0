"use client";

import { useTranslations } from "next-intl";

import { Facts } from "@/components/facts";
import { ChoiceField, TextField } from "@/components/form/fields";

import { useFormWords } from "../hooks";
import { channelsSchema } from "../schemas";
import type { Profile } from "../types";
import { EditableCard } from "./editable-card";
import { PartForm } from "./part-form";

const CHANNELS = ["sms", "whatsapp", "email"] as const;

const isChannel = (value: string): value is (typeof CHANNELS)[number] =>
  CHANNELS.some((channel) => channel === value);

const hourAndMinute = (time: string | null): string => (time ?? "").slice(0, 5);

/** How we write to a person, and when we keep silent. */
export const ChannelsSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.channels");
  const words = useFormWords();
  const { preferred, quiet_from: from, quiet_until: until } = profile.channels;
  const hasQuiet = from !== null && until !== null;
  const place = (channel: (typeof CHANNELS)[number]) => {
    if (channel === "email") return profile.email ?? t("noEmail");
    return profile.masked_phone ?? t("noPhone");
  };
  return (
    <EditableCard
      title={t("title")}
      lead={t("lead")}
      editLabel={t("edit")}
      form={(close) => (
        <PartForm
          profile={profile}
          close={close}
          values={{ preferred, quiet_from: hourAndMinute(from), quiet_until: hourAndMinute(until) }}
          schema={channelsSchema(words)}
          pointers={{
            "/channels/preferred": "preferred",
            "/channels/quiet_from": "quiet_from",
            "/channels/quiet_until": "quiet_until",
          }}
          toChanges={(values) => ({
            channels: {
              preferred: isChannel(values.preferred) ? values.preferred : preferred,
              quiet_from: values.quiet_from || null,
              quiet_until: values.quiet_until || null,
            },
          })}
        >
          {(field) => (
            <>
              <ChoiceField
                {...field("preferred")}
                label={t("preferred")}
                choices={CHANNELS.map((channel) => ({
                  value: channel,
                  label: t(`kinds.${channel}`),
                  help: place(channel),
                }))}
              />
              <fieldset className="flex flex-col gap-3">
                <legend className="mb-1.5 font-medium text-ink">{t("quiet")}</legend>
                <p className="measure text-sm text-muted">{t("quietHelp")}</p>
                <div className="grid grid-cols-2 gap-3 sm:max-w-80">
                  <TextField {...field("quiet_from")} label={t("from")} type="time" />
                  <TextField {...field("quiet_until")} label={t("until")} type="time" />
                </div>
              </fieldset>
            </>
          )}
        </PartForm>
      )}
    >
      <Facts
        items={[
          { label: t("preferred"), value: `${t(`kinds.${preferred}`)}, ${place(preferred)}` },
          {
            label: t("quiet"),
            value: hasQuiet
              ? t("quietSpan", { from: hourAndMinute(from), until: hourAndMinute(until) })
              : t("quietNone"),
          },
        ]}
      />
    </EditableCard>
  );
};
