"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { IconButton } from "./icon-button";
import { zoomed } from "./layout";
import type { Sheets } from "./use-sheets";

const PageJump = ({ at, total, onGo }: { at: number; total: number; onGo: (index: number) => void }) => {
  const t = useTranslations("viewer");
  const [typed, setTyped] = useState<string | null>(null);
  const go = () => {
    const page = Number.parseInt(typed ?? "", 10);
    if (page >= 1) onGo(Math.min(page, total) - 1);
    setTyped(null);
  };
  return (
    <label className="flex items-center gap-1.5 text-sm whitespace-nowrap text-text tabular-nums">
      <span className="sr-only">{t("pageNumber")}</span>
      <input
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(at + 1)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, 4))}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          go();
        }}
        className="h-11 w-12 rounded-field border border-field-line bg-surface text-center text-base text-ink sm:h-9 sm:text-sm"
      />
      {t("ofPages", { total })}
    </label>
  );
};

/** Which page one is on, and how large pages are. */
export const PageBar = ({ sheets, total }: { sheets: Sheets; total: number }) => {
  const t = useTranslations("viewer");
  const { zoom, setZoom, at, goTo } = sheets;
  return (
    <div className="flex items-center gap-1">
      <PageJump at={at} total={total} onGo={goTo} />
      <IconButton
        label={t("smaller")}
        disabled={zoomed(zoom, -1) === zoom}
        onPress={() => setZoom(zoomed(zoom, -1))}
      >
        <Minus aria-hidden className="size-5" />
      </IconButton>
      <span className="w-12 text-center text-sm text-text tabular-nums max-sm:hidden">
        {Math.round(zoom * 100)}%
      </span>
      <IconButton
        label={t("larger")}
        disabled={zoomed(zoom, 1) === zoom}
        onPress={() => setZoom(zoomed(zoom, 1))}
      >
        <Plus aria-hidden className="size-5" />
      </IconButton>
      <IconButton label={t("fit")} disabled={zoom === 1} onPress={() => setZoom(1)}>
        <Maximize aria-hidden className="size-5" />
      </IconButton>
    </div>
  );
};
