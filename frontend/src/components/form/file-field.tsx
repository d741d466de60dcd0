"use client";

import { FileCheck2, Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ChangeEvent, type DragEvent, type ReactNode, useState } from "react";

import { FieldError, FieldHelp } from "@/components/ui/field";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/file-size";

export interface FileLimits {
  /** MIME types; the endings go into the file dialog as well, because some phones know no types. */
  types: readonly string[];
  endings: readonly string[];
  maxBytes: number;
}

export type FileTrouble = "empty" | "type" | "size";

/** What a person can mend about a chosen file; the server stays the judge. */
export const fileTrouble = (file: File, limits: FileLimits): FileTrouble | null => {
  if (file.size === 0) return "empty";
  const name = file.name.toLowerCase();
  const isKnown = limits.types.includes(file.type) || limits.endings.some((ending) => name.endsWith(ending));
  if (!isKnown) return "type";
  return file.size > limits.maxBytes ? "size" : null;
};

/** The trouble with a file in words: what is wrong and what fits. */
export const useFileTrouble = (limits: FileLimits) => {
  const t = useTranslations("account.form.file");
  const locale = useLocale();
  return (file: File | null): string | undefined => {
    const trouble = file && fileTrouble(file, limits);
    if (!trouble) return undefined;
    const kinds = limits.endings.map((ending) => ending.slice(1).toUpperCase()).join(", ");
    return t(trouble, {
      kinds,
      limit: formatBytes(limits.maxBytes, locale),
      size: formatBytes(file.size, locale),
    });
  };
};

interface FileFieldProps {
  id: string;
  label: string;
  help?: ReactNode;
  error?: string;
  limits: FileLimits;
  file: File | null;
  onFile: (file: File) => void;
}

/** Choosing one file by a press or by dropping it; says its name and size, and that another may be chosen. */
export const FileField = ({ id, label, help, error, limits, file, onFile }: FileFieldProps) => {
  const t = useTranslations("account.form.file");
  const locale = useLocale();
  const [isOver, setOver] = useState(false);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    if (chosen) onFile(chosen);
    // The same file again after it was mended must count as a choice too.
    event.target.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  };
  const Icon = file ? FileCheck2 : Upload;
  return (
    <div className={cn("flex flex-col gap-1.5", error && "border-l-4 border-danger pl-3")}>
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex min-h-16 items-center gap-3 rounded-card border-2 border-dashed border-field-line bg-surface px-4 py-3 hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
          isOver && "border-primary bg-primary-soft",
          error && "border-danger",
        )}
      >
        <Icon aria-hidden className="size-6 shrink-0 text-primary" />
        <span className="flex min-w-0 flex-col">
          <span className="font-medium break-words text-ink">
            {file ? t("chosen", { name: file.name, size: formatBytes(file.size, locale) }) : label}
          </span>
          <span className="text-sm text-muted">{file ? t("chooseOther") : t("orDrop")}</span>
        </span>
        <input
          id={id}
          type="file"
          accept={[...limits.types, ...limits.endings].join(",")}
          onChange={pick}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={
            [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ") || undefined
          }
          className="sr-only"
        />
      </label>
      {error && <FieldError id={id}>{error}</FieldError>}
      {help && <FieldHelp id={id}>{help}</FieldHelp>}
    </div>
  );
};
