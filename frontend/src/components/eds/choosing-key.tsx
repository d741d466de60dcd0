"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";

import { Button } from "@/components/ui/button";

import { useKeptFocus } from "./use-kept-focus";

/** NCALayer has opened its window: where to look, and how to give up. */
export const ChoosingKey = ({ onCancel }: { onCancel: () => void }) => {
  const t = useTranslations("eds.choosing");
  const cancel = useRef<HTMLButtonElement>(null);
  useKeptFocus(cancel);
  return (
    <div className="flex flex-col items-start gap-3" role="status">
      <p className="flex items-center gap-2 font-medium">
        <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin text-primary" />
        {t("title")}
      </p>
      <p className="measure text-muted">{t("help")}</p>
      <Button ref={cancel} variant="secondary" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </div>
  );
};
