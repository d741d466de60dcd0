"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";

import type { SealAuthorities } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { api } from "@/lib/api-client";
import { cn } from "@/lib/cn";

import { useBrowserCheck } from "../browser-check";
import { DropField } from "./drop-field";
import { ReportVerdict } from "./report-verdict";

const MEGABYTE = 1_000_000;
/** Python for browsers and its library, unpacked; a newer one may differ a little, so the bar never passes its end. */
const CHECKER_BYTES = 12_200_000;
const TOTAL_MB = Math.round(CHECKER_BYTES / MEGABYTE);

const CheckerLink = () => {
  const t = useTranslations("signatureCheck.offline");
  return (
    <a
      href="/api/v1/evidence-checker/"
      download="check.pyz"
      className={buttonStyles({ variant: "secondary" })}
    >
      <Download aria-hidden className="size-5" />
      {t("download")}
    </a>
  );
};

/** What the hashes inside an archive are compared with. */
const PublishedHashes = () => {
  const t = useTranslations("signatureCheck.offline");
  const { data } = useQuery({
    queryKey: ["seal-authorities"],
    queryFn: ({ signal }) => api.get<SealAuthorities>("/seal-authorities/", { signal }),
    staleTime: Infinity,
  });
  if (!data?.items.length) return null;
  return (
    <div className="flex flex-col gap-1">
      <h2 className="font-medium">{t("published")}</h2>
      {data.items.map((item) => (
        <p key={item.sha256} className="min-w-0">
          <span className="break-words">{item.subject}</span>
          <code className="block font-mono text-xs break-all text-muted">{item.sha256}</code>
        </p>
      ))}
    </div>
  );
};

/** How far the program has come: on a slow line it takes minutes, and is fetched once. */
const Loading = ({ loaded }: { loaded: number }) => {
  const t = useTranslations("signatureCheck.offline.stage");
  const done = Math.min(Math.floor(loaded / MEGABYTE), TOTAL_MB);
  const text = t("loading", { done, total: TOTAL_MB });
  return (
    <div className="flex flex-col gap-1">
      <p aria-hidden className="text-muted">
        {text}
      </p>
      <progress
        value={Math.min(loaded, CHECKER_BYTES)}
        max={CHECKER_BYTES}
        aria-label={text}
        className="h-2 w-full accent-primary"
      />
    </div>
  );
};

/** An evidence archive checked inside the page: the archive is sent nowhere. */
export const OfflineCheck = () => {
  const t = useTranslations("signatureCheck");
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<string>();
  const { state, check, reset } = useBrowserCheck();
  const result = useRef<HTMLDivElement>(null);
  const busy = state.stage === "loading" || state.stage === "checking";

  useEffect(() => {
    if (state.stage !== "done") return;
    result.current?.querySelector<HTMLElement>("#verdict")?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: "start" });
  }, [state]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setError(file ? undefined : t("noFile"));
    if (file) void check(file);
    else document.getElementById("offline-file")?.focus();
  };

  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submit} noValidate className="print-hidden flex flex-col gap-4">
        <DropField
          id="offline-file"
          file={file}
          label={t("offline.choose")}
          help={file ? t("chooseOther") : ""}
          accept=".zip,application/zip"
          error={error}
          onFile={(chosen) => {
            setFile(chosen);
            setError(undefined);
            reset();
          }}
        />
        <Button type="submit" size="large" busy={busy} className="sm:self-start">
          {t("offline.start")}
        </Button>
        {state.stage === "loading" && <Loading loaded={state.loaded} />}
        <p role="status" className={cn("text-muted", state.stage !== "checking" && "sr-only")}>
          {state.stage === "loading" && t("offline.stage.loading", { done: 0, total: TOTAL_MB })}
          {state.stage === "checking" && t("offline.stage.checking")}
        </p>
      </form>
      {state.stage === "failed" && (
        <Alert tone="warning" title={t("offline.failed.title")} live>
          <p>{t("offline.failed.text")}</p>
          <pre className="overflow-x-auto font-mono text-sm">python3 check.pyz {file?.name}</pre>
        </Alert>
      )}
      <div ref={result} aria-live="polite" className="scroll-mt-4">
        {state.stage === "done" && <ReportVerdict report={state.report} />}
      </div>
      <div className="print-hidden flex flex-col gap-3 border-t border-line pt-4">
        <PublishedHashes />
        <p className="measure">{t("offline.own")}</p>
        <div>
          <CheckerLink />
        </div>
      </div>
    </div>
  );
};
