"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";

import { Button } from "@/components/ui/button";

/**
 * Stands under the last page: seeing it, or pressing the button, means that the whole text was passed. The button is for
 * those who read by ear, by keyboard, or with letters so large that nothing scrolls by itself.
 */
export const ReadingEnd = ({ onReached }: { onReached: (hadFocus: boolean) => void }) => {
  const t = useTranslations("signing.reading");
  const mark = useRef<HTMLDivElement>(null);
  const isReached = useRef(false);
  // The mark may come into sight and the button be pressed at the same moment: it is told once.
  const reach = () => {
    if (isReached.current) return;
    isReached.current = true;
    onReached(mark.current?.contains(document.activeElement) ?? false);
  };
  const see = useEffectEvent(reach);

  useEffect(() => {
    if (!mark.current || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) see();
    });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, []);

  return (
    <div
      ref={mark}
      className="flex flex-col items-start gap-3 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <p>{t("toEnd")}</p>
      <Button variant="secondary" onClick={reach}>
        {t("done")}
      </Button>
    </div>
  );
};
