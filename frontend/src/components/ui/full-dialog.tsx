"use client";

import * as RadixDialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { useOpener } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";

const SHAPES = {
  /** Beside the page: what was being done stays in sight. */
  panel: "sm:left-auto sm:w-[min(60rem,85vw)] sm:border-l sm:border-line",
  middle: "sm:inset-4 sm:mx-auto sm:max-w-2xl sm:rounded-card",
};

interface FullDialogProps {
  title: string;
  /** Stands after the title, e.g. buttons of the whole window. */
  tools?: ReactNode;
  shape: keyof typeof SHAPES;
  onClose: () => void;
  children: ReactNode;
}

/** A window for work that needs room: the whole screen of a phone, a tall panel or sheet on a wide one. */
export const FullDialog = ({ title, tools, shape, onClose, children }: FullDialogProps) => {
  const t = useTranslations("common");
  const opener = useOpener();
  return (
    <RadixDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <RadixDialog.Content
          aria-describedby={undefined}
          {...opener}
          className={cn(
            "fixed inset-0 z-50 flex flex-col overflow-hidden bg-surface shadow-overlay",
            SHAPES[shape],
          )}
        >
          <div className="flex items-center gap-2 border-b border-line py-1.5 pr-1.5 pl-4">
            <RadixDialog.Title className="min-w-0 flex-1 truncate font-semibold text-ink">
              {title}
            </RadixDialog.Title>
            {tools}
            <RadixDialog.Close
              aria-label={t("close")}
              className="flex size-11 shrink-0 items-center justify-center rounded-field text-muted hover:bg-primary-soft"
            >
              <X aria-hidden className="size-5" />
            </RadixDialog.Close>
          </div>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
