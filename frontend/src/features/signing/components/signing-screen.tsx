"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { DocumentDetail, SignatureRequest } from "@/api/types";
import { DocumentPages } from "@/components/document-pages";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

import { stageOf } from "../signing-state";
import { SignedPanel } from "./signed-panel";
import { SigningActions } from "./signing-actions";

interface SigningScreenProps {
  document: DocumentDetail;
  /** Reads the document anew. */
  onRefresh: () => void;
}

const ClosedPanel = ({ caseId, title, text }: { caseId: string; title: string; text: string }) => {
  const t = useTranslations("signing");
  return (
    <section className="flex flex-col items-start gap-4 rounded-card border border-line bg-surface p-5 sm:p-8">
      <h1 className="text-xl font-bold">{title}</h1>
      <p className="measure">{text}</p>
      <Link href={`/cases/${caseId}`} className={buttonStyles({ variant: "primary" })}>
        {t("toCase")}
      </Link>
    </section>
  );
};

/** Reading and signing one letter: what it means, the whole of it, and two plain answers. */
export const SigningScreen = ({ document, onRefresh }: SigningScreenProps) => {
  const t = useTranslations("signing");
  const [signed, setSigned] = useState<{ request: SignatureRequest | null } | null>(null);
  const [isDeclined, setDeclined] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const stage = stageOf(document);

  if (isDeclined) {
    return <ClosedPanel caseId={document.case_id} title={t("declined.title")} text={t("declined.text")} />;
  }
  if (signed || stage === "signed") {
    return (
      <SignedPanel
        caseId={document.case_id}
        documentNumber={document.number}
        creditorName={document.creditor_name}
        verifyUrl={signed?.request?.verify_url ?? document.verify_url}
      />
    );
  }
  if (stage === "closed") {
    return <ClosedPanel caseId={document.case_id} title={t("closed.title")} text={t("closed.text")} />;
  }
  if (stage === "preparing") {
    return (
      <Alert tone="info" title={t("preparing.title")} live>
        {t("preparing.text")}
      </Alert>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <p className="text-sm text-muted">№ {document.number}</p>
        <h1 className="text-xl font-bold sm:text-2xl">{document.title}</h1>
        {document.summary && <p className="measure text-lg">{document.summary}</p>}
      </div>
      {isChanged && (
        <Alert tone="warning" title={t("changed.title")} live>
          <p>{t("changed.text")}</p>
          <p>
            <Button
              variant="secondary"
              onClick={() => {
                setChanged(false);
                onRefresh();
              }}
            >
              {t("changed.reload")}
            </Button>
          </p>
        </Alert>
      )}
      <DocumentPages title={document.title} pages={document.preview_pages} text={document.text} />
      {!isChanged && (
        <SigningActions
          document={document}
          onSigned={(request) => {
            setSigned({ request });
            onRefresh();
          }}
          onDeclined={() => setDeclined(true)}
          onChanged={() => setChanged(true)}
        />
      )}
    </div>
  );
};
