"use client";

import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

import { Progress } from "@/components/ui/progress";
import { Button } from "@/components/ui/button";

interface StepFrameProps {
  title: string;
  lead?: string;
  number: number;
  total: number;
  onBack: (() => void) | null;
  children: ReactNode;
}

/** One question: where it stands among the others, the way back, and the question itself. */
export const StepFrame = ({ title, lead, number, total, onBack, children }: StepFrameProps) => {
  const t = useTranslations("powers.new");
  const common = useTranslations("common");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <div className="flex flex-col gap-5">
      <Progress value={number} max={total} label={t("progress", { number, total })} />
      {onBack && (
        <Button variant="quiet" onClick={onBack} className="-mb-3 -ml-4 self-start">
          <ChevronLeft aria-hidden className="size-5" />
          {common("back")}
        </Button>
      )}
      <div className="flex flex-col gap-2">
        <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold sm:text-xl">
          {title}
        </h2>
        {lead && <p className="measure text-text">{lead}</p>}
      </div>
      {children}
    </div>
  );
};
