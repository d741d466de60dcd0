"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { useToast } from "@/components/ui/toast";

import { editionOf, figureOf, isForRunning, unitOf } from "../content-values";
import { useRevise } from "../queries";
import type { LawChange } from "../types";
import { CloseForm } from "./close-dialog";
import { DaysForm } from "./days-form";
import { EditionForm } from "./edition-dialog";
import { FigureForm } from "./figure-dialog";

/** The form of a proposal by its kind, with what stands in it. What was sent for approval is a draft again afterwards. */
export const EditDialog = ({ change, onClose }: { change: LawChange; onClose: () => void }) => {
  const t = useTranslations("staffLaw.edit");
  const toast = useToast();
  // Of another's newer version the server tells; it must not be written over unseen.
  const [seen] = useState(change);
  const revise = useRevise(seen.id, seen.version, () => {
    toast.show("success", t(seen.status === "submitted" ? "doneAgain" : "done"));
    onClose();
  });
  const shared = {
    title: t("title"),
    submitLabel: t("save"),
    mutation: revise,
    onSave: revise.mutate,
    onClose,
  };
  switch (seen.kind) {
    case "edition":
      return (
        <EditionForm
          {...shared}
          unit={unitOf(seen)}
          initial={editionOf(seen)}
          isForRunning={isForRunning(seen)}
        />
      );
    case "close":
      return <CloseForm {...shared} change={seen} />;
    case "index":
      return <FigureForm {...shared} initial={figureOf(seen)} />;
    case "calendar":
      return <DaysForm change={seen} mutation={revise} onSave={revise.mutate} onClose={onClose} />;
  }
};
