"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

interface EditableCardProps {
  title: string;
  lead?: string;
  editLabel: string;
  /** What is known, shown until somebody wants to change it. */
  children: ReactNode;
  form: (close: () => void) => ReactNode;
}

/** One part of the profile: read at a glance, changed in its place. */
export const EditableCard = ({ title, lead, editLabel, children, form }: EditableCardProps) => {
  const t = useTranslations("profile");
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);

  // The focus goes into the form and back to the button, so that a keyboard never starts anew.
  useEffect(() => {
    if (isOpen) body.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    else if (wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <div className="flex items-center justify-between gap-3">
          <h2 className="text-lg font-semibold">{title}</h2>
          {!isOpen && (
            <Button
              ref={button}
              variant="quiet"
              className="-my-1.5 -mr-2 shrink-0 px-2"
              aria-label={editLabel}
              onClick={() => setOpen(true)}
            >
              <Pencil aria-hidden className="size-5" />
              {t("edit")}
            </Button>
          )}
        </div>
        {lead && <p className="measure text-sm text-muted">{lead}</p>}
      </div>
      <div ref={body}>{isOpen ? form(() => setOpen(false)) : children}</div>
    </Card>
  );
};
