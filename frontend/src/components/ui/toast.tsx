"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";

import { cn } from "@/lib/cn";

type Tone = "success" | "danger" | "info";

interface ToastItem {
  id: number;
  tone: Tone;
  text: string;
}

interface ToastApi {
  show: (tone: Tone, text: string) => void;
}

const ToastContext = createContext<ToastApi | null>(null);

const SHOWN_MS = 7_000;
const ICONS = { success: CircleCheck, danger: CircleAlert, info: Info };
const TONES: Record<Tone, string> = { success: "text-success", danger: "text-danger", info: "text-info" };

export const ToastProvider = ({ closeLabel, children }: { closeLabel: string; children: ReactNode }) => {
  const [items, setItems] = useState<ToastItem[]>([]);
  const lastId = useRef(0);

  const close = useCallback(
    (id: number) => setItems((current) => current.filter((item) => item.id !== id)),
    [],
  );
  const show = useCallback(
    (tone: Tone, text: string) => {
      lastId.current += 1;
      const id = lastId.current;
      setItems((current) => [...current.filter((item) => item.text !== text), { id, tone, text }]);
      setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  const value = useMemo(() => ({ show }), [show]);

  return (
    <ToastContext value={value}>
      {children}
      <div
        aria-live="polite"
        className="print-hidden pointer-events-none fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 lg:bottom-6"
      >
        {items.map((item) => {
          const Icon = ICONS[item.tone];
          return (
            <div
              key={item.id}
              role={item.tone === "danger" ? "alert" : "status"}
              className="pointer-events-auto flex items-start gap-3 rounded-card border border-line bg-surface p-3 text-ink shadow-overlay"
            >
              <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", TONES[item.tone])} />
              <p className="min-w-0 flex-1">{item.text}</p>
              <button
                type="button"
                onClick={() => close(item.id)}
                aria-label={closeLabel}
                className="-m-2 flex size-11 shrink-0 items-center justify-center rounded-field text-muted hover:bg-primary-soft"
              >
                <X aria-hidden className="size-5" />
              </button>
            </div>
          );
        })}
      </div>
    </ToastContext>
  );
};

export const useToast = (): ToastApi => {
  const value = useContext(ToastContext);
  if (!value) throw new Error("useToast needs a ToastProvider above it");
  return value;
};
