"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

/** NCALayer has opened its window: where to look, and how to give up. */
export const ChoosingKey = ({ onCancel }: { onCancel: () => void }) => {
  const t = useTranslations("eds.choosing");
  return (
    <div className="flex flex-col items-start gap-3" role="status">
      <p className="flex items-center gap-2 font-medium">
        <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin text-primary" />
        {t("title")}
      </p>
      <p className="measure text-muted">{t("help")}</p>
      <Button variant="secondary" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </div>
  );
};
