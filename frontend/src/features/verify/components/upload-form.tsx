"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, fieldControlProps } from "@/components/ui/field";
import { FoldSummary } from "@/components/ui/fold";
import { hasCode } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useProblemText } from "@/lib/use-problem-text";

import { checkFile } from "../check-file";
import { DropField } from "./drop-field";
import { ReportVerdict } from "./report-verdict";
import { Verdict } from "./verdict";

const MEGABYTE = 1_048_576;
const ACCEPT =
  ".pdf,.cms,.p7s,.p7m,.sig,.sgn,.der,.pem,.xml,.zip,application/pdf,application/xml,application/zip";
const WHOLE = /\.(pdf|xml|zip)$/i;

/** A stranger's check of any signature: nothing is stored, the answer stands below. */
export const UploadForm = () => {
  const t = useTranslations("signatureCheck");
  const describe = useProblemText();
  const { data: session } = useQuery(sessionQuery);
  const [file, setFile] = useState<File | null>(null);
  const [document, setDocument] = useState<File | null>(null);
  const [at, setAt] = useState("");
  const [error, setError] = useState<string>();
  const check = useMutation({ mutationFn: checkFile });
  const result = useRef<HTMLDivElement>(null);
  const limit = session?.verify_limit_bytes;
  const tooLarge = t("tooLarge", { megabytes: Math.floor((limit ?? 20 * MEGABYTE) / MEGABYTE) });
  const wantsDocument = file !== null && !WHOLE.test(file.name);

  useEffect(() => {
    if (!check.data) return;
    result.current?.querySelector<HTMLElement>("#verdict")?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: "start" });
  }, [check.data]);

  const problemOf = (chosen: File): string | undefined => {
    if (limit !== undefined && chosen.size > limit) return tooLarge;
    return chosen.size === 0 ? t("emptyFile") : undefined;
  };
  const take = (chosen: File) => {
    setFile(chosen);
    setError(problemOf(chosen));
    check.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (check.isPending) return;
    const enclosed = wantsDocument ? document : null;
    const trouble = file ? (problemOf(file) ?? (enclosed ? problemOf(enclosed) : undefined)) : t("noFile");
    setError(trouble);
    // The field of the browser gives local time without a zone.
    const moment = at ? new Date(at).toISOString() : "";
    if (file && !trouble) check.mutate({ file, document: enclosed, at: moment });
    else globalThis.document.getElementById("verify-file")?.focus();
  };
  const failure = hasCode(check.error, "verify.too_large", "http_413") ? tooLarge : describe(check.error);

  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submit} noValidate className="print-hidden flex flex-col gap-4">
        <DropField
          id="verify-file"
          file={file}
          label={t("choose")}
          help={file ? t("chooseOther") : t("chooseHelp")}
          accept={ACCEPT}
          error={error}
          onFile={take}
        />
        {wantsDocument && (
          <div className="flex flex-col items-stretch gap-1">
            <DropField
              id="verify-document"
              small
              file={document}
              label={t("documentLabel")}
              help={document ? t("chooseOther") : t("documentHelp")}
              onFile={(chosen) => {
                setDocument(chosen);
                check.reset();
              }}
            />
            {document && (
              <Button
                variant="quiet"
                className="self-start"
                onClick={() => {
                  setDocument(null);
                  check.reset();
                  globalThis.document.getElementById("verify-document")?.focus();
                }}
              >
                {t("documentRemove")}
              </Button>
            )}
          </div>
        )}
        <details>
          <FoldSummary>{t("more")}</FoldSummary>
          <Field id="verify-at" label={t("atLabel")} help={t("atHelp")}>
            <input
              {...fieldControlProps({ id: "verify-at", help: t("atHelp") })}
              type="datetime-local"
              value={at}
              onChange={(event) => setAt(event.target.value)}
              className="min-h-11 w-full max-w-xs rounded-field border border-field-line bg-surface px-3"
            />
          </Field>
        </details>
        {check.error && (
          <Alert tone="danger" live>
            {failure}
          </Alert>
        )}
        <p className="text-sm text-muted">{t("nothingKept")}</p>
        <Button type="submit" size="large" busy={check.isPending} className="sm:self-start">
          {t("check")}
        </Button>
      </form>
      <div ref={result} aria-live="polite" className="scroll-mt-4">
        {check.data?.kind === "register" && <Verdict result={check.data.body} />}
        {check.data?.kind === "report" && <ReportVerdict report={check.data.body} />}
      </div>
    </div>
  );
};
