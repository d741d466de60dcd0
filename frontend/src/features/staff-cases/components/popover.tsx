"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";

import { cn } from "@/lib/cn";

interface PopoverProps {
  label: ReactNode;
  /** What the panel is, for screen readers. */
  name: string;
  triggerClassName: string;
  align?: "start" | "end";
  children: (close: () => void) => ReactNode;
}

/** A small panel under its button; a sheet at the bottom of a phone. Escape and a press elsewhere close it. */
export const Popover = ({ label, name, triggerClassName, align = "start", children }: PopoverProps) => {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    document.getElementById(`${id}-trigger`)?.focus();
  };
  return (
    <div
      ref={box}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <button
        id={`${id}-trigger`}
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen((open) => !open)}
        className={triggerClassName}
      >
        {label}
      </button>
      {isOpen && (
        <div
          id={id}
          role="group"
          aria-label={name}
          className={cn(
            "fixed inset-x-3 bottom-3 z-40 max-h-[70dvh] overflow-y-auto rounded-card border border-line bg-surface p-3 shadow-overlay sm:absolute sm:inset-x-auto sm:top-full sm:bottom-auto sm:mt-1 sm:w-72",
            align === "end" ? "sm:right-0" : "sm:left-0",
          )}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
};
