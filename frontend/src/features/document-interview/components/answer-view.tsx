"use client";

import { useTranslations } from "next-intl";

import { useAnswerText } from "../hooks/use-answer-text";
import type { DraftField } from "../types";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** An answer as it is read: a text, or each row of a table on its own line. */
export const AnswerView = ({ field, value = field.value }: { field: DraftField; value?: unknown }) => {
  const t = useTranslations("documentInterview.review");
  const words = useAnswerText();
  if (Array.isArray(value) && value.length > 0) {
    return (
      <ol className="flex flex-col gap-1">
        {value.filter(isRecord).map((row, at) => (
          <li key={at} className="break-words">
            {field.columns
              .map((column) => words(column, row[column.code]))
              .filter(Boolean)
              .join(" · ")}
          </li>
        ))}
      </ol>
    );
  }
  const text = words(field, value);
  return text ? (
    <p className="break-words whitespace-pre-line">{text}</p>
  ) : (
    <p className="text-muted">{t("noAnswer")}</p>
  );
};
