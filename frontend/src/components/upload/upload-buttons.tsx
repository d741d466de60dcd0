"use client";

import { Camera, Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

import { useMedia } from "@/lib/use-media";

import { acceptOf, type FileRules } from "./rules";
import { useUnsentShots } from "./use-unsent-shots";
import type { Uploads } from "./use-uploads";

const CameraDialog = dynamic(() => import("./camera/camera-dialog").then((found) => found.CameraDialog), {
  ssr: false,
});

interface ShootButtonProps {
  slot: string;
  name: string;
  uploads: Uploads;
  className: string;
}

/** Opens the phone's camera at once; what was taken before and not sent is shown first. */
const ShootButton = ({ slot, name, uploads, className }: ShootButtonProps) => {
  const t = useTranslations("upload");
  const input = useRef<HTMLInputElement>(null);
  const isPhone = useMedia("(pointer: coarse)");
  const [left, recount] = useUnsentShots(slot);
  const [open, setOpen] = useState<{ first?: readonly File[] } | null>(null);
  return (
    <>
      <Button
        variant="quiet"
        size="dense"
        className={className}
        onClick={() => (isPhone && left === 0 ? input.current?.click() : setOpen({}))}
      >
        <Camera aria-hidden className="size-4" />
        {left > 0 ? t("shootMore", { count: left }) : t("shoot")}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={t("shoot")}
        hidden
        onChange={(event) => {
          const first = [...(event.target.files ?? [])];
          event.target.value = "";
          if (first.length > 0) setOpen({ first });
        }}
      />
      {open && (
        <CameraDialog
          slot={slot}
          name={name}
          attach={uploads.attach}
          first={open.first}
          onClose={() => {
            setOpen(null);
            recount();
          }}
        />
      )}
    </>
  );
};

interface UploadButtonsProps {
  label: ReactNode;
  /** How the field of the file is called for screen readers. */
  fileLabel: string;
  uploads: Uploads;
  rules: FileRules;
  /** Where shots of the camera belong; without it none are offered. */
  shotsSlot?: string;
  /** What the PDF made of the shots is called, without its ending. */
  shotsName?: string;
  variant?: "secondary" | "quiet" | "primary";
  describedBy?: string;
  className?: string;
}

/** Choosing files, and photographing pages that become one PDF. */
export const UploadButtons = (props: UploadButtonsProps) => {
  const {
    label,
    fileLabel,
    uploads,
    rules,
    shotsSlot,
    shotsName,
    variant = "secondary",
    describedBy,
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const isFull = rules.maxFiles <= 1 && uploads.isBusy;
  const size = cn("max-sm:min-h-11", props.className);
  return (
    <>
      <Button
        variant={variant}
        size="dense"
        className={size}
        busy={isFull}
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden className="size-4" />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={rules.maxFiles > 1}
        accept={acceptOf(rules)}
        aria-label={fileLabel}
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file again after it was mended must count as a choice too.
          event.target.value = "";
          if (files.length > 0) uploads.add(files);
        }}
      />
      {shotsSlot && (
        <ShootButton slot={shotsSlot} name={shotsName ?? fileLabel} uploads={uploads} className={size} />
      )}
    </>
  );
};
