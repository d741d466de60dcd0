"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { isProblem } from "@/lib/problem";
import { codeIn } from "@/lib/story-codes";

import { type CaseFilters, type ListLayout, toBody } from "../../filters";
import { useSaveView } from "../../list-mutations";
import type { SavedView, ViewHead } from "../../types";
import { OneChoice } from "./chip-choices";

const SCOPES = ["own", "team", "shared"] as const;

interface ViewDialogProps {
  head: ViewHead;
  filters: CaseFilters;
  layout: ListLayout;
  /** The saved view that is on the screen and may be changed. */
  current: SavedView | undefined;
  onClose: () => void;
}

/** Keeps the filters, order, columns and layout that are on the screen under a name. */
export const ViewDialog = ({ head, filters, layout, current, onClose }: ViewDialogProps) => {
  const t = useTranslations("caseList.view");
  const toast = useToast();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<(typeof SCOPES)[number]>("own");
  const [isEmpty, setEmpty] = useState(false);
  const save = useSaveView((view) => {
    toast.show("success", t("saved", { name: view.name }));
    onClose();
  });
  const scopes = SCOPES.filter(
    (code) => code === "own" || (code === "team" ? head.team !== "" : head.may_share),
  );
  const problem = isProblem(save.error) ? save.error : null;
  const isTaken = problem?.code === "case.view_name_taken";
  return (
    <FormDialog
      title={t("save")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={save.isPending}
      error={save.error}
      isAtFields={isTaken || problem?.fieldError("/name") !== undefined}
      onSubmit={() => {
        setEmpty(name.trim() === "");
        if (name.trim() === "") return;
        save.mutate({
          // The same name again means this very view, not a second one.
          id: current?.name === name.trim() ? current.id : undefined,
          name: name.trim(),
          scope,
          filters: toBody(filters),
          columns: head.preference.columns,
          layout,
        });
      }}
      onClose={onClose}
    >
      <TextInput
        id="view-name"
        label={t("name")}
        maxLength={60}
        autoComplete="off"
        value={name}
        error={isEmpty ? t("nameMissing") : isTaken ? t("nameTaken") : problem?.fieldError("/name")?.detail}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset>
        <legend className="text-sm text-muted">{t("who")}</legend>
        <OneChoice
          choices={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
          value={scope}
          onValue={(value) => setScope(codeIn(SCOPES, value) ?? "own")}
        />
      </fieldset>
    </FormDialog>
  );
};
