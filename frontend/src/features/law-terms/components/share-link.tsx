"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

const wasCancelled = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

/** The address of the page holds event and date, so the page itself is what is shared. */
export const ShareLink = () => {
  const t = useTranslations("terms");
  const toast = useToast();
  const share = async () => {
    const url = location.href.split("#")[0] ?? location.href;
    try {
      if (typeof navigator.share === "function") return await navigator.share({ url });
      await navigator.clipboard.writeText(url);
      toast.show("success", t("copied"));
    } catch (error) {
      if (!wasCancelled(error)) toast.show("info", t("copyByHand"));
    }
  };
  return (
    <Button variant="quiet" onClick={() => void share()} className="print-hidden -ml-4 self-start">
      <Link2 aria-hidden className="size-5" />
      {t("share")}
    </Button>
  );
};
