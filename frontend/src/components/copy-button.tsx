"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { copyText } from "@/lib/copy-text";

/** Copies a text and says so; where the browser forbids it, says that it has to be copied by hand. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const t = useTranslations("common.copy");
  const toast = useToast();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    const isDone = await copyText(text);
    setCopied(isDone);
    toast.show(isDone ? "success" : "danger", t(isDone ? "done" : "failed"));
  };
  return (
    <Button variant="secondary" onClick={() => void copy()}>
      {isCopied ? <Check aria-hidden className="size-5" /> : <Copy aria-hidden className="size-5" />}
      {label}
    </Button>
  );
};
