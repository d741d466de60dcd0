"use client";

import { FileCheck2, Upload } from "lucide-react";
import { type ChangeEvent, type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";

import { FieldError } from "@/components/ui/field";
import { cn } from "@/lib/cn";

interface DropFieldProps {
  id: string;
  file: File | null;
  label: string;
  help: string;
  accept?: string;
  error?: string;
  small?: boolean;
  onFile: (file: File) => void;
}

/** A place for one file: pressed, dropped on, or reached by the keyboard. */
export const DropField = ({ id, file, label, help, accept, error, small, onFile }: DropFieldProps) => {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const chosen = files?.[0];
    if (chosen) onFile(chosen);
  };
  // On a slow phone a file may be chosen before this page has woken up.
  const takeEarly = useEffectEvent(() => take(input.current?.files));
  useEffect(() => takeEarly(), []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const Icon = file ? FileCheck2 : Upload;
  return (
    <div className="flex flex-col gap-2">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex flex-col items-center justify-center gap-2 rounded-card border-2 border-dashed border-field-line bg-surface p-5 text-center hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
          small ? "min-h-24" : "min-h-36",
          isOver && "border-primary bg-primary-soft",
          error && "border-danger",
        )}
      >
        <Icon aria-hidden className={cn("text-primary", small ? "size-6" : "size-8")} />
        <span className="max-w-full font-medium break-words text-ink">{file ? file.name : label}</span>
        <span className="text-sm text-muted">{help}</span>
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            take(event.target.files);
            // So that the same file can be chosen again after it was taken away or changed.
            event.target.value = "";
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="sr-only"
        />
      </label>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
};
