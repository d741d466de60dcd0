"use client";

import { useLocale, useTranslations } from "next-intl";

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
