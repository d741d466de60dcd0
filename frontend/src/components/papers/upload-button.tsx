"use client";

import { Upload } from "lucide-react";
import { useRef } from "react";

import { Button } from "@/components/ui/button";

interface UploadButtonProps {
  label: string;
  /** How the field of the file is called for screen readers. */
  fileLabel: string;
  busy: boolean;
  onFile: (file: File) => void;
}

/** Chooses a scan or a photo of a paper and gives it at once. */
export const UploadButton = ({ label, fileLabel, busy, onFile }: UploadButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="secondary"
        size="dense"
        className="max-sm:min-h-11"
        busy={busy}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden className="size-4" />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".pdf,.jpg,.jpeg,.png"
        aria-label={fileLabel}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file again after it was mended must count as a choice too.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
};
