"use client";

import { ChevronRight, KeyRound, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";

import { supportsPasskeys } from "@/lib/passkeys";
import { useHydrated } from "@/lib/use-hydrated";

export type Way = "totp" | "passkey";

const WAYS = [
  { way: "passkey", icon: KeyRound },
  { way: "totp", icon: Smartphone },
] as const;

/** Which second factor to set up; a passkey only where this device can keep one. */
export const WayChoice = ({ onChoose }: { onChoose: (way: Way) => void }) => {
  const t = useTranslations("secondFactor.ways");
  const isHydrated = useHydrated();
  const ways = WAYS.filter(({ way }) => way === "totp" || (isHydrated && supportsPasskeys()));
  return (
    <ul className="flex flex-col gap-3">
      {ways.map(({ way, icon: Icon }) => (
        <li key={way}>
          <button
            type="button"
            onClick={() => onChoose(way)}
            className="flex w-full items-center gap-4 rounded-card border border-field-line bg-surface p-4 text-left hover:bg-primary-soft"
          >
            <Icon aria-hidden className="size-6 shrink-0 text-primary" />
            <span className="flex min-w-0 flex-1 flex-col gap-0.5">
              <span className="font-semibold text-ink">{t(`${way}.title`)}</span>
              <span className="text-sm text-muted">{t(`${way}.text`)}</span>
            </span>
            <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
          </button>
        </li>
      ))}
    </ul>
  );
};
