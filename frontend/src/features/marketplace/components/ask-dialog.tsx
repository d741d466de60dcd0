"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Alert } from "@/components/ui/alert";
import { Checkbox, CheckboxCards, RadioCards } from "@/components/ui/choices";
import { TextArea, TextInput } from "@/components/ui/text-input";

import { type HelpInput, type HelpPage, useHelpStep, useMask } from "../queries";

interface AskDialogProps {
  caseId: string;
  kind: HelpPage["may_ask"][number];
  topics: HelpPage["topics"];
  onClose: () => void;
}

const LANGUAGES = ["ru", "kk", "en"] as const;

/** Asking for help: what it is about, then the summary as specialists would read it, then publishing. */
export const AskDialog = ({ caseId, kind, topics, onClose }: AskDialogProps) => {
  const t = useTranslations("marketplace.ask");
  const locale = useLocale();
  const id = useId();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [summary, setSummary] = useState("");
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(
    LANGUAGES.find((code) => code === locale) ?? "ru",
  );
  const [city, setCity] = useState("");
  const [online, setOnline] = useState(true);
  const mask = useMask(caseId);
  const ask = useHelpStep<HelpInput>(caseId, "", onClose);
  // What was looked at is what is published: a later change is looked at again.
  const seen = mask.data !== undefined && mask.data.text === summary && !mask.isPending;
  const look = () => mask.mutate(summary, { onSuccess: ({ text }) => setSummary(text) });
  return (
    <FormDialog
      title={t(`title.${kind}`)}
      lead={t("lead")}
      submitLabel={seen ? t("publish") : t("look")}
      busy={mask.isPending || ask.isPending}
      error={ask.error ?? mask.error}
      isAtFields={isPlaced(ask.error, ["topics", "summary", "city"])}
      onSubmit={() =>
        seen ? ask.mutate({ kind, topics: [...chosen], summary, language, city, online }) : look()
      }
      onClose={onClose}
    >
      <CheckboxCards
        id={`${id}-topics`}
        label={t("topics")}
        name={`${id}-topics`}
        values={chosen}
        error={errorAt(ask.error, "topics")}
        choices={topics
          .filter((topic) => topic.kinds.includes(kind))
          .map(({ code, label }) => ({ value: code, label }))}
        onValuesChange={setChosen}
      />
      <TextArea
        id={`${id}-summary`}
        label={t("summary")}
        help={t("summaryHelp")}
        error={errorAt(ask.error, "summary")}
        rows={5}
        maxLength={2000}
        value={summary}
        onChange={(event) => setSummary(event.target.value)}
      />
      {seen && (
        <Alert tone={mask.data?.changed ? "warning" : "success"} live>
          {mask.data?.changed ? t("masked") : t("clean")}
        </Alert>
      )}
      <RadioCards
        id={`${id}-language`}
        label={t("language")}
        name={`${id}-language`}
        value={language}
        choices={LANGUAGES.map((code) => ({ value: code, label: t(`languages.${code}`) }))}
        onValueChange={(value) => setLanguage(LANGUAGES.find((code) => code === value) ?? "ru")}
      />
      <Checkbox
        id={`${id}-online`}
        label={t("online")}
        checked={online}
        onChange={(event) => setOnline(event.target.checked)}
      />
      <TextInput
        id={`${id}-city`}
        label={t("city")}
        width="medium"
        maxLength={100}
        autoComplete="address-level2"
        error={errorAt(ask.error, "city")}
        value={city}
        onChange={(event) => setCity(event.target.value)}
      />
    </FormDialog>
  );
};
