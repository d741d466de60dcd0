"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";

export interface SummaryItem {
  text: string;
  /** Id of the field on this page. */
  fieldId?: string;
  /** Or what to do on a press, when the field is on another page. */
  onSelect?: () => void;
}

/** All errors of a form on top, each leading to its field; read out when it appears. */
interface ErrorSummaryProps {
  title: string;
  items: readonly SummaryItem[];
  /** Off where the first wrong field takes the focus instead. */
  takesFocus?: boolean;
}

export const ErrorSummary = ({ title, items, takesFocus = true }: ErrorSummaryProps) => {
  const box = useRef<HTMLDivElement>(null);
  const signature = items.map((item) => item.text).join("|");

  useEffect(() => {
    if (signature && takesFocus) box.current?.focus();
  }, [signature, takesFocus]);

  if (items.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex flex-col gap-2 rounded-card border-2 border-danger bg-danger-soft p-4"
    >
      <p className="flex items-start gap-2 font-semibold text-ink">
        <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
        {title}
      </p>
      <ul className="flex flex-col gap-1 pl-7">
        {items.map((item) => (
          <li key={item.text}>
            {item.fieldId || item.onSelect ? (
              <a
                href={item.fieldId ? `#${item.fieldId}` : "#"}
                className="inline-block py-1 font-medium text-danger underline underline-offset-2"
                onClick={(event) => {
                  event.preventDefault();
                  if (item.onSelect) return item.onSelect();
                  const target = item.fieldId ? document.getElementById(item.fieldId) : null;
                  target?.focus();
                  target?.scrollIntoView({ block: "center" });
                }}
              >
                {item.text}
              </a>
            ) : (
              <span className="text-danger">{item.text}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
