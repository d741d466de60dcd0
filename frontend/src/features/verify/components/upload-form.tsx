"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { FileCheck2, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type DragEvent, type FormEvent, useEffect, useRef, useState } from "react";

import type { Verification } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { api } from "@/lib/api-client";
import { cn } from "@/lib/cn";
import { hasCode } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useProblemText } from "@/lib/use-problem-text";

import { Verdict } from "./verdict";

const MEGABYTE = 1_048_576;

const useVerifyFile = () =>
  useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return api.post<Verification>("/verify/", form);
    },
  });

interface DropFieldProps {
  file: File | null;
  error: string | undefined;
  onFile: (file: File) => void;
}

const DropField = ({ file, error, onFile }: DropFieldProps) => {
  const t = useTranslations("verify");
  const [isOver, setOver] = useState(false);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    if (chosen) onFile(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  };
  return (
    <div className="flex flex-col gap-2">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex min-h-36 flex-col items-center justify-center gap-2 rounded-card border-2 border-dashed border-field-line bg-surface p-5 text-center hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
          isOver && "border-primary bg-primary-soft",
          error && "border-danger",
        )}
      >
        {file ? (
          <FileCheck2 aria-hidden className="size-8 text-primary" />
        ) : (
          <Upload aria-hidden className="size-8 text-primary" />
        )}
        <span className="max-w-full font-medium break-words text-ink">{file ? file.name : t("choose")}</span>
        <span className="text-sm text-muted">{file ? t("chooseOther") : t("chooseHelp")}</span>
        <input
          id="verify-file"
          type="file"
          accept="application/pdf,.pdf"
          onChange={pick}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "verify-file-error" : undefined}
          className="sr-only"
        />
      </label>
      {error && <FieldError id="verify-file">{error}</FieldError>}
    </div>
  );
};

/** A stranger's check of a file: nothing is stored, the answer stands below. */
export const UploadForm = () => {
  const t = useTranslations("verify");
  const describe = useProblemText();
  const { data: session } = useQuery(sessionQuery);
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<string>();
  const verify = useVerifyFile();
  const result = useRef<HTMLDivElement>(null);
  const limit = session?.verify_limit_bytes;

  useEffect(() => {
    if (!verify.data) return;
    result.current?.querySelector<HTMLElement>("#verdict")?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: "start" });
  }, [verify.data]);

  const problemOf = (chosen: File): string | undefined => {
    if (limit !== undefined && chosen.size > limit)
      return t("tooLarge", { megabytes: Math.floor(limit / MEGABYTE) });
    return chosen.size === 0 ? t("emptyFile") : undefined;
  };
  const take = (chosen: File) => {
    setFile(chosen);
    setError(problemOf(chosen));
    verify.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (verify.isPending) return;
    const trouble = file ? problemOf(file) : t("noFile");
    setError(trouble);
    if (file && !trouble) verify.mutate(file);
    else document.getElementById("verify-file")?.focus();
  };
  const failure = () => {
    if (!verify.error) return undefined;
    if (hasCode(verify.error, "verify.not_pdf")) return t("notPdf");
    if (hasCode(verify.error, "verify.too_large", "http_413")) {
      return t("tooLarge", { megabytes: Math.floor((limit ?? 20 * MEGABYTE) / MEGABYTE) });
    }
    return describe(verify.error);
  };

  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submit} noValidate className="print-hidden flex flex-col gap-4">
        <DropField file={file} error={error} onFile={take} />
        {verify.error && (
          <Alert tone="danger" live>
            {failure()}
          </Alert>
        )}
        <Button type="submit" size="large" busy={verify.isPending} className="sm:self-start">
          {t("check")}
        </Button>
      </form>
      <div ref={result} aria-live="polite" className="scroll-mt-4">
        {verify.data && <Verdict result={verify.data} />}
      </div>
    </div>
  );
};
