"use client";

import { FileUp, Pause, Play, RotateCw, TriangleAlert, WifiOff, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/file-size";
import { useProblemText } from "@/lib/use-problem-text";

import { Bar } from "./bar";
import type { UploadItem } from "./queue";
import { isFinal, isGone } from "./repeating";
import { type FileRules, kindsOf } from "./rules";
import type { Uploads } from "./use-uploads";

const buttonStyles =
  "inline-flex size-11 shrink-0 items-center justify-center rounded-field text-muted hover:bg-primary-soft hover:text-ink sm:size-9 pointer-coarse:size-11";

/** Never a hundred before the server has all of it and has looked. */
export const percentOf = ({ sent, size }: Pick<UploadItem, "sent" | "size">): number =>
  size === 0 ? 0 : Math.min(99, Math.floor((sent / size) * 100));

const useWords = (item: UploadItem, rules: FileRules): string => {
  const t = useTranslations("upload");
  const locale = useLocale();
  const describe = useProblemText();
  const sizes = {
    sent: formatBytes(item.sent, locale),
    size: formatBytes(item.size, locale),
    percent: percentOf(item),
  };
  if (item.trouble) {
    return t(`trouble.${item.trouble}`, {
      kinds: kindsOf(rules),
      limit: formatBytes(rules.maxBytes, locale),
      size: sizes.size,
      count: rules.maxFiles,
    });
  }
  if (item.problem) return item.problem.status === 0 ? t("lineGone") : describe(item.problem);
  if (item.phase === "sending") {
    if (item.secondsLeft === null) return t("sending", sizes);
    const left =
      item.secondsLeft < 60
        ? t("leftSeconds")
        : t("leftMinutes", { minutes: Math.ceil(item.secondsLeft / 60) });
    return `${t("sending", sizes)} · ${left}`;
  }
  if (item.phase === "failed") return "";
  return t(item.phase, sizes);
};

interface UploadRowProps {
  item: UploadItem;
  rules: FileRules;
  uploads: Uploads;
}

const Buttons = ({ item, uploads }: Omit<UploadRowProps, "rules">) => {
  const t = useTranslations("upload");
  const { name, phase, problem } = item;
  const canRepeat = problem !== null && (!isFinal(problem) || isGone(problem));
  return (
    <div className="flex shrink-0">
      {(phase === "sending" || phase === "broken" || phase === "waiting") && (
        <button
          type="button"
          className={buttonStyles}
          aria-label={t("pauseOf", { name })}
          onClick={() => uploads.pause(item.id)}
        >
          <Pause aria-hidden className="size-5" />
        </button>
      )}
      {(phase === "paused" || canRepeat) && (
        <button
          type="button"
          className={buttonStyles}
          aria-label={t(phase === "paused" ? "resumeOf" : "repeatOf", { name })}
          onClick={() => uploads.resume(item.id)}
        >
          {phase === "paused" ? (
            <Play aria-hidden className="size-5" />
          ) : (
            <RotateCw aria-hidden className="size-5" />
          )}
        </button>
      )}
      {phase !== "attaching" && (
        <button
          type="button"
          className={buttonStyles}
          aria-label={t(phase === "failed" ? "dismissOf" : "cancelOf", { name })}
          onClick={() => uploads.cancel(item.id)}
        >
          <X aria-hidden className="size-5" />
        </button>
      )}
    </div>
  );
};

/** One file on its way: what it is, how far, what is wrong, and what can be done. */
export const UploadRow = ({ item, rules, uploads }: UploadRowProps) => {
  const t = useTranslations("upload");
  const words = useWords(item, rules);
  const isFailed = item.phase === "failed";
  const Icon = isFailed ? TriangleAlert : item.phase === "broken" ? WifiOff : FileUp;
  return (
    <li
      className={cn(
        "flex items-start gap-2 rounded-card border border-line bg-surface py-1.5 pr-1.5 pl-3",
        isFailed && "border-danger bg-danger-soft",
      )}
    >
      <Icon aria-hidden className={cn("mt-2.5 size-5 shrink-0", isFailed ? "text-danger" : "text-primary")} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 py-2">
        <p className="text-sm font-medium break-all text-ink">{item.name}</p>
        {!isFailed && (
          <Bar
            label={t("progressOf", { name: item.name })}
            percent={item.phase === "attaching" ? null : percentOf(item)}
            isIdle={item.phase === "broken" || item.phase === "paused"}
          />
        )}
        <p
          role={isFailed ? "alert" : undefined}
          className={cn("text-sm tabular-nums", isFailed ? "font-medium text-danger" : "text-muted")}
        >
          {words}
        </p>
      </div>
      <Buttons item={item} uploads={uploads} />
    </li>
  );
};
