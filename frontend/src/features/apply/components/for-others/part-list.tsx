"use client";

import { Circle, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";

import { PARTS, type PartName } from "../../parts";

/** The parts of the form with what is done, beside it on a wide screen. */
export const PartList = ({ missing }: { missing: ReadonlySet<PartName> }) => {
  const t = useTranslations("caseIntake.form");
  return (
    <nav aria-label={t("partList")} className="sticky top-4 hidden lg:block">
      <ol className="flex flex-col">
        {PARTS.map((part) => {
          const isDone = !missing.has(part);
          const Mark = isDone ? CircleCheck : Circle;
          return (
            <li key={part}>
              <a
                href={`#part-${part}`}
                className="flex min-h-10 items-center gap-2 rounded-field px-2 hover:bg-primary-soft"
              >
                <Mark
                  aria-hidden
                  className={isDone ? "size-5 shrink-0 text-success" : "size-5 shrink-0 text-muted"}
                />
                <span>{t(`parts.${part}`)}</span>
                <span className="sr-only">{t(isDone ? "done" : "open")}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};
