"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";

import { FieldError } from "@/components/ui/field";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/file-size";

import type { Attach } from "./queue";
import { type FileRules, kindsOf } from "./rules";
import { UploadButtons } from "./upload-buttons";
import { UploadList } from "./upload-list";
import { useDrop } from "./use-drop";
import { useUploads } from "./use-uploads";

/** What fits, said before anybody chooses. */
export const RulesLine = ({ rules, id }: { rules: FileRules; id?: string }) => {
  const t = useTranslations("upload");
  const locale = useLocale();
  return (
    <p id={id} className="text-sm text-muted">
      {t("rules", {
        kinds: kindsOf(rules),
        limit: formatBytes(rules.maxBytes, locale),
        count: rules.maxFiles,
      })}
    </p>
  );
};

interface UploaderProps {
  slot: string;
  label: ReactNode;
  fileLabel: string;
  rules: FileRules;
  attach: Attach;
  /** What the PDF made of photographed pages is called. */
  shotsName: string;
  /** Pages cannot be photographed where a PDF is of no use. */
  canShoot?: boolean;
  /** The rules stand elsewhere, once for many. */
  hidesRules?: boolean;
  error?: string;
  /** Other buttons of the same row. */
  children?: ReactNode;
  className?: string;
}

/** One place where files are given: choosing, dropping, photographing, and the files on their way. */
export const Uploader = (props: UploaderProps) => {
  const {
    slot,
    label,
    fileLabel,
    rules,
    attach,
    shotsName,
    canShoot = true,
    hidesRules = false,
    error,
  } = props;
  const t = useTranslations("upload");
  const id = useId();
  const uploads = useUploads({ slot, rules, attach });
  const isOpen = rules.maxFiles > 1 || !uploads.isBusy;
  const drop = useDrop(uploads.add, isOpen);
  return (
    <div
      {...drop.target}
      className={cn(
        "flex flex-col gap-2 rounded-card",
        drop.isNear && "bg-primary-soft p-3 outline-2 outline-primary outline-dashed",
        drop.isOver && "outline-solid",
        props.className,
      )}
    >
      {drop.isNear && <p className="font-medium text-ink">{t("dropHere")}</p>}
      <div className="flex flex-wrap gap-2">
        <UploadButtons
          label={label}
          fileLabel={fileLabel}
          uploads={uploads}
          rules={rules}
          shotsSlot={canShoot ? slot : undefined}
          shotsName={shotsName}
          describedBy={hidesRules ? undefined : id}
        />
        {props.children}
      </div>
      {!hidesRules && <RulesLine rules={rules} id={id} />}
      <UploadList uploads={uploads} rules={rules} />
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
};
