"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Loaded } from "@/components/loaded";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";

import { useOpenRequest } from "../mutations";
import { dataPreviewQuery } from "../queries";
import type { DataPreview, DataRequestKind } from "../types";
import { PreviewTable } from "./preview-table";

interface AskCardProps {
  kind: DataRequestKind;
  /** One request of a kind at a time: while it runs, nothing is asked anew. */
  isOpen: boolean;
}

const Ask = ({ kind, preview }: { kind: DataRequestKind; preview: DataPreview }) => {
  const t = useTranslations(`dataRequests.${kind}`);
  const toast = useToast();
  const [isAsked, setAsked] = useState(false);
  const open = useOpenRequest(kind, () => {
    setAsked(false);
    toast.show("success", t("done"));
  });
  if (preview.blockers.length > 0) {
    return (
      <Alert tone="warning" title={t("blocked")}>
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {preview.blockers.map((blocker, index) => (
            <li key={`${blocker.code}-${index}`}>{blocker.text}</li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (kind === "export") {
    return (
      <div className="flex flex-col gap-3">
        <ProblemAlert error={open.error} />
        <Button busy={open.isPending} className="self-start" onClick={() => open.mutate()}>
          {t("submit")}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Button variant="danger" className="self-start" onClick={() => setAsked(true)}>
        {t("submit")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("confirmTitle")}
          submitLabel={t("submit")}
          danger
          busy={open.isPending}
          error={open.error}
          onConfirm={() => open.mutate()}
          onClose={() => setAsked(false)}
        >
          <Alert tone="warning">
            <p>{t("confirmText")}</p>
          </Alert>
        </ConfirmDialog>
      )}
    </>
  );
};

const Preview = ({ kind, canAsk }: { kind: DataRequestKind; canAsk: boolean }) => {
  const query = useQuery(dataPreviewQuery(kind));
  return (
    <Loaded query={query} shapes={["h-10", "h-10", "h-10"]}>
      {(preview) => (
        <div className="flex flex-col gap-4">
          <PreviewTable kind={kind} sections={preview.sections} />
          {canAsk && <Ask kind={kind} preview={preview} />}
        </div>
      )}
    </Loaded>
  );
};

/** Nothing is asked for blindly: first what would happen to each part of the data, then the button. */
export const AskCard = ({ kind, isOpen }: AskCardProps) => {
  const t = useTranslations(`dataRequests.${kind}`);
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="measure text-text">{t("lead")}</p>
      </div>
      {isOpen && <p className="text-text">{t("alreadyOpen")}</p>}
      <Button
        variant="secondary"
        className="self-start"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(!isShown)}
      >
        {t(isShown ? "hidePreview" : "showPreview")}
      </Button>
      <div id={id} hidden={!isShown}>
        {isShown && <Preview kind={kind} canAsk={!isOpen} />}
      </div>
    </Card>
  );
};
