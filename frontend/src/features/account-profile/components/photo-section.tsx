"use client";

import { Camera, CircleUser } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { type FileLimits, useFileTrouble } from "@/components/form/file-limits";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";

import { useRemovePhoto, useUploadPhoto } from "../mutations";
import { smallPhoto } from "../photo-file";

const MEGABYTE = 1024 * 1024;

/** A camera's own picture may be large: it is made small here before it is sent. */
const LIMITS: FileLimits = {
  types: ["image/jpeg", "image/png", "image/webp"],
  endings: [".jpg", ".jpeg", ".png", ".webp"],
  maxBytes: 25 * MEGABYTE,
};

/** The chosen picture as an address of this page, given back when another takes its place. */
const usePreview = () => {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url]);
  return { url, show: (file: File | null) => setUrl(file && URL.createObjectURL(file)) };
};

const Portrait = ({ url, alt }: { url: string | null; alt: string }) =>
  url ? (
    // eslint-disable-next-line @next/next/no-img-element -- a private picture behind the session; an optimiser would keep a copy
    <img src={url} alt={alt} className="size-24 shrink-0 rounded-full border border-line object-cover" />
  ) : (
    <span className="flex size-24 shrink-0 items-center justify-center rounded-full bg-primary-soft text-primary">
      <CircleUser aria-hidden className="size-12" strokeWidth={1.25} />
    </span>
  );

interface PhotoSectionProps {
  photoUrl: string | null;
  /** Sent, but not shown yet: the virus check runs. */
  isPending: boolean;
  onSent: () => void;
  onRemoved: () => void;
}

export const PhotoSection = ({ photoUrl, isPending, onSent, onRemoved }: PhotoSectionProps) => {
  const t = useTranslations("profile.photo");
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const describeTrouble = useFileTrouble(LIMITS);
  const [trouble, setTrouble] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const [percent, setPercent] = useState(0);
  const preview = usePreview();
  const upload = useUploadPhoto(setPercent);
  const remove = useRemovePhoto();
  const isWaiting = isPending && !photoUrl;

  const choose = async (file: File) => {
    const wrong = describeTrouble(file);
    setTrouble(wrong);
    upload.reset();
    if (wrong) return;
    setPercent(0);
    preview.show(file);
    upload.mutate(await smallPhoto(file), { onSuccess: onSent });
  };
  return (
    <Card className="flex flex-col gap-4 sm:flex-row sm:items-center sm:gap-6">
      <Portrait url={preview.url ?? photoUrl} alt={t("alt")} />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div className="flex flex-col gap-1">
          <h2 className="text-lg font-semibold">{t("title")}</h2>
          <p className="measure text-sm text-muted">{t("lead")}</p>
        </div>
        {trouble && (
          <Alert tone="danger" live>
            {trouble}
          </Alert>
        )}
        <ProblemAlert error={upload.error} />
        {upload.isPending && <Progress value={percent} max={100} label={t("sending", { percent })} />}
        {!upload.isPending && isWaiting && !upload.error && (
          <p role="status" className="text-text">
            {t("checking")}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" busy={upload.isPending} onClick={() => input.current?.click()}>
            <Camera aria-hidden className="size-5" />
            {photoUrl || isWaiting ? t("change") : t("add")}
          </Button>
          {(photoUrl || isWaiting) && !upload.isPending && (
            <Button variant="quiet" onClick={() => setAsked(true)}>
              {t("remove")}
            </Button>
          )}
        </div>
        <input
          ref={input}
          type="file"
          hidden
          data-testid="photo-file"
          aria-label={t("add")}
          accept={LIMITS.types.join(",")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void choose(file);
          }}
        />
      </div>
      {isAsked && (
        <ConfirmDialog
          title={t("removeTitle")}
          submitLabel={t("removeSubmit")}
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                preview.show(null);
                setAsked(false);
                onRemoved();
                toast.show("success", t("removed"));
              },
            })
          }
          onClose={() => setAsked(false)}
        >
          <p>{t("removeText")}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
};
