"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { DocumentDetail, SignatureRequest } from "@/api/types";
import { DocumentPages } from "@/components/document-pages";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useOwnHints } from "@/lib/realtime";

import { isOpenPart, type OwnPart, ownPartQuery, signingKeys } from "../queries";
import { stageOf } from "../signing-state";
import { ClosedPanel } from "./closed-panel";
import { SignedPanel } from "./signed-panel";
import { SigningActions } from "./signing-actions";

type OwnRole = "signer" | "approver";

interface SigningScreenProps {
  document: DocumentDetail;
  /** Where this person follows the document. */
  href: string;
  /** Reads the document anew. */
  onRefresh: () => void;
}

/** The letter itself, whole, and under it the answers. */
const Reading = ({
  document,
  part,
  onSigned,
  onDeclined,
  onDelegated,
  onRefresh,
}: {
  document: DocumentDetail;
  part: OwnPart;
  onSigned: (request: SignatureRequest | null) => void;
  onDeclined: () => void;
  onDelegated: (name: string) => void;
  onRefresh: () => void;
}) => {
  const t = useTranslations("signing");
  const [isChanged, setChanged] = useState(false);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <p className="text-sm text-muted">№ {document.number}</p>
        <h1 className="text-xl font-bold sm:text-2xl">{document.title}</h1>
        {document.summary && <p className="measure text-lg">{document.summary}</p>}
        <p className="measure text-muted">{t("reading.lead")}</p>
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
          // Another text has to be read anew.
          key={document.sha256}
          document={document}
          part={part}
          onSigned={onSigned}
          onDeclined={onDeclined}
          onDelegated={onDelegated}
          onChanged={() => setChanged(true)}
        />
      )}
    </div>
  );
};

/** Nothing is asked of this person here: why that is, as far as it is known. */
const NotAsked = ({ href, part }: { href: string; part: OwnPart | null }) => {
  const t = useTranslations("signing");
  if (part?.status === "declined") {
    return <ClosedPanel href={href} title={t("declined.title")} text={t("declined.text")} />;
  }
  if (part?.status === "expired" || part?.status === "cancelled") {
    return (
      <ClosedPanel
        href={href}
        title={t(`closed.${part.status}Title`)}
        text={t(`closed.${part.status}Text`)}
      />
    );
  }
  if (part && part.others.length > 0) {
    const names = part.others.join(", ");
    return (
      <ClosedPanel href={href} title={t("closed.othersTitle")} text={t("closed.othersText", { names })} />
    );
  }
  return <ClosedPanel href={href} title={t("closed.title")} text={t("closed.text")} />;
};

/** Reading and signing one document: what it means, the whole of it, and two plain answers. */
export const SigningScreen = ({ document, href, onRefresh }: SigningScreenProps) => {
  const t = useTranslations("signing");
  const queryClient = useQueryClient();
  const [signed, setSigned] = useState<{ request: SignatureRequest | null; role: OwnRole } | null>(null);
  const [isDeclined, setDeclined] = useState(false);
  const [delegate, setDelegate] = useState<string | null>(null);
  const stage = stageOf(document);
  const query = useQuery({
    ...ownPartQuery(document.id, document.allowed_actions.includes("sign")),
    enabled: stage === "open",
  });
  // Whoever waits for his turn sees it come; what is being read or signed does not change under his eyes.
  const isWaiting = stage === "open" && Boolean(query.data && isOpenPart(query.data) && !query.data.isTurn);
  useOwnHints([signingKeys.own(document.id)], isWaiting);
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: signingKeys.own(document.id) });
    onRefresh();
  };
  const done = (role: OwnRole, others: readonly string[]) => (
    <SignedPanel
      href={href}
      documentNumber={document.number}
      creditorName={document.creditor_name}
      verifyUrl={signed?.request?.verify_url ?? document.verify_url}
      role={role}
      others={others}
    />
  );

  if (isDeclined) return <ClosedPanel href={href} title={t("declined.title")} text={t("declined.text")} />;
  if (delegate !== null) {
    return (
      <ClosedPanel
        href={href}
        title={t("delegate.doneTitle")}
        text={t("delegate.doneText", { name: delegate })}
      />
    );
  }
  // What this person has just done comes before what has become of the document by it.
  if (signed) return done(signed.role, stage === "open" ? (query.data?.others ?? []) : []);
  if (stage === "signed") return done("signer", []);
  if (stage === "closed")
    return <ClosedPanel href={href} title={t("closed.title")} text={t("closed.text")} />;
  if (stage === "preparing") {
    return (
      <Alert tone="info" title={t("preparing.title")} live>
        {t("preparing.text")}
      </Alert>
    );
  }
  return (
    <Loaded query={query} shapes={["h-8", "h-14", "aspect-[210/297]"]}>
      {(part) => {
        if (part?.status === "signed") return done("signer", part.others);
        if (part?.status === "approved") return done("approver", part.others);
        if (!part || !isOpenPart(part)) return <NotAsked href={href} part={part} />;
        if (!part.isTurn) {
          return (
            <ClosedPanel
              href={href}
              title={t("turn.title")}
              text={t("turn.text", { names: part.before.join(", ") })}
            />
          );
        }
        return (
          <Reading
            document={document}
            part={part}
            onSigned={(request) => {
              setSigned({ request, role: part.role === "approver" ? "approver" : "signer" });
              refresh();
            }}
            onDeclined={() => setDeclined(true)}
            onDelegated={(name) => {
              setDelegate(name);
              refresh();
            }}
            onRefresh={refresh}
          />
        );
      }}
    </Loaded>
  );
};
