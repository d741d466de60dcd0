"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { ListFrame } from "@/components/desk/list-frame";
import { Row, Rows } from "@/components/desk/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import { parseTypedDate } from "@/lib/dates";
import { requiredText, reasonText } from "@/lib/form-rules";
import { formatDate, formatMoney } from "@/lib/format";
import { parseTypedMoney } from "@/lib/money";
import { useCheckedForm } from "@/lib/use-checked-form";

import { indicesQuery, usePropose } from "../queries";
import type { LawChange } from "../types";
import { useContentError } from "../use-content-error";

const CODES = ["MCI", "MIN_WAGE", "SUBSISTENCE_MINIMUM"] as const;
const COLUMNS = "md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,2fr)]";

const schema = z.object({
  code: z.string(),
  valid_from: z.string().check(z.refine((typed) => parseTypedDate(typed) !== null, { error: "missing" })),
  value_tiyn: z.string().check(z.refine((typed) => (parseTypedMoney(typed) ?? 0) > 0, { error: "missing" })),
  source: requiredText(),
  reason: reasonText(),
});

interface FiguresPartProps {
  canPropose: boolean;
  onProposed: (changeId: string) => void;
}

/** Figures of the budget law and a new one to propose. */
export const FiguresPart = ({ canPropose, onProposed }: FiguresPartProps) => {
  const t = useTranslations("staffLaw");
  const locale = useLocale();
  const query = useQuery(indicesQuery);
  const [isMaking, setMaking] = useState(false);
  const items = query.data?.items ?? [];
  return (
    <>
      {canPropose && (
        <Button size="dense" className="self-start max-sm:min-h-11" onClick={() => setMaking(true)}>
          {t("figure.new")}
        </Button>
      )}
      <ListFrame query={query} count={items.length} empty={{ title: t("noFigures") }}>
        <Rows
          label={t("part.figures")}
          columns={COLUMNS}
          head={[t("figure.name"), t("figure.value"), t("figure.from"), t("field.sources")]}
        >
          {items.map((item) => (
            <Row key={item.id} columns={COLUMNS}>
              <span className="flex flex-wrap items-center gap-2 font-medium text-ink">
                {item.code_label}
                {item.current && <Badge tone="success">{t("state.current")}</Badge>}
              </span>
              <span className="tabular-nums">{formatMoney(item.value_tiyn)}</span>
              <span>{formatDate(item.valid_from, locale)}</span>
              <span className="text-muted">{item.source}</span>
            </Row>
          ))}
        </Rows>
      </ListFrame>
      {isMaking && <FigureDialog onMade={({ id }) => onProposed(id)} onClose={() => setMaking(false)} />}
    </>
  );
};

const FigureDialog = ({ onMade, onClose }: { onMade: (change: LawChange) => void; onClose: () => void }) => {
  const t = useTranslations("staffLaw");
  const id = useId();
  const propose = usePropose(onMade);
  const form = useCheckedForm(
    schema,
    { code: "MCI", valid_from: "", value_tiyn: "", source: "", reason: "" },
    useContentError(propose.error),
  );
  return (
    <FormDialog
      title={t("figure.title")}
      lead={t("figure.lead")}
      submitLabel={t("edition.submit")}
      busy={propose.isPending}
      error={propose.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (!values) return;
        const { reason, ...figure } = values;
        const content = {
          ...figure,
          valid_from: parseTypedDate(figure.valid_from),
          value_tiyn: parseTypedMoney(figure.value_tiyn),
        };
        propose.mutate({ kind: "index", rule_key: "", content, reason });
      }}
      onClose={onClose}
    >
      <Select
        id={`${id}-code`}
        label={t("figure.name")}
        value={form.values.code}
        onChange={(event) => form.set("code", event.target.value)}
      >
        {CODES.map((code) => (
          <option key={code} value={code}>
            {t(`index.${code}`)}
          </option>
        ))}
      </Select>
      <MoneyInput
        id={`${id}-value`}
        label={t("figure.value")}
        error={form.error("value_tiyn")}
        value={form.values.value_tiyn}
        onValueChange={(value) => form.set("value_tiyn", value)}
      />
      <DateInput
        id={`${id}-from`}
        label={t("figure.from")}
        error={form.error("valid_from")}
        value={form.values.valid_from}
        onValueChange={(value) => form.set("valid_from", value)}
      />
      <TextInput
        id={`${id}-source`}
        label={t("figure.source")}
        maxLength={200}
        error={form.error("source")}
        value={form.values.source}
        onChange={(event) => form.set("source", event.target.value)}
      />
      <TextArea
        id={`${id}-reason`}
        label={t("field.reason")}
        rows={2}
        maxLength={1000}
        className="[&_textarea]:min-h-20"
        error={form.error("reason")}
        value={form.values.reason}
        onChange={(event) => form.set("reason", event.target.value)}
      />
    </FormDialog>
  );
};
