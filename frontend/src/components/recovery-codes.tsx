"use client";

import { Download, Printer } from "lucide-react";
import { useTranslations } from "next-intl";

import { CopyButton } from "@/components/copy-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { downloadText, printText } from "@/lib/print-text";

const FILE = "kenes-hub-recovery-codes.txt";

/** Codes that are shown once: to copy, print or keep as a file before going on. */
export const RecoveryCodes = ({
  codes,
  doneLabel,
  onDone,
}: {
  codes: readonly string[];
  doneLabel: string;
  onDone: () => void;
}) => {
  const t = useTranslations("recoveryCodes");
  const sheet = [t("sheetText"), "", ...codes];
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="warning">{t("once")}</Alert>
      <p className="measure">{t("text")}</p>
      <ul
        aria-label={t("list")}
        className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-card border border-line bg-canvas p-4 font-medium text-ink sm:max-w-md"
      >
        {codes.map((code) => (
          <li key={code} className="tracking-wider tabular-nums">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        <CopyButton text={codes.join("\n")} label={t("copy")} />
        <Button variant="secondary" onClick={() => printText(t("sheetTitle"), sheet)}>
          <Printer aria-hidden className="size-5" />
          {t("print")}
        </Button>
        <Button
          variant="secondary"
          onClick={() => downloadText(FILE, `${t("sheetTitle")}\n${sheet.join("\n")}\n`)}
        >
          <Download aria-hidden className="size-5" />
          {t("download")}
        </Button>
      </div>
      <Button size="large" onClick={onDone} className="sm:self-start">
        {doneLabel}
      </Button>
    </div>
  );
};
