"use client";

import { useTranslations } from "next-intl";

import { Dialog } from "@/components/ui/dialog";

const KEYS = [
  ["move", "j / k, ↓ / ↑"],
  ["sideways", "h / l, ← / →"],
  ["open", "Enter"],
  ["peek", "Space"],
  ["select", "x"],
  ["assign", "a"],
  ["comment", "c"],
  ["step", "m / n"],
  ["unread", "u"],
  ["search", "/"],
  ["palette", "Ctrl + K"],
  ["go", "g, c / g, j …"],
  ["close", "Esc"],
  ["help", "?"],
] as const;

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export const ShortcutsDialog = ({ open, onOpenChange }: ShortcutsDialogProps) => {
  const t = useTranslations("caseList.keys");
  const common = useTranslations("common");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} closeLabel={common("close")}>
      <dl className="flex flex-col divide-y divide-line text-sm">
        {KEYS.map(([name, key]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2.5">
            <dt>{t(name)}</dt>
            <dd>
              <kbd className="rounded-sm border border-line bg-canvas px-2 py-1 font-sans text-ink">
                {key}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
