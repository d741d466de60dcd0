"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";

/** Brings the next page when its end comes into sight. */
export const MorePages = ({ busy, onMore }: { busy: boolean; onMore: () => void }) => {
  const t = useTranslations("staff.list");
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div ref={end} className="flex justify-center p-4">
      <Button data-more variant="secondary" size="dense" busy={busy} onClick={onMore}>
        {t("more")}
      </Button>
    </div>
  );
};
