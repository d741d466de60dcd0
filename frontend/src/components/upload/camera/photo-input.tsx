"use client";

import { Camera, Images } from "lucide-react";
import { useRef } from "react";

import { Button } from "@/components/ui/button";

/** Another page from the phone's camera, or from pictures that are there already. */
export const PhotoInput = ({
  label,
  isCamera,
  onFiles,
}: {
  label: string;
  isCamera: boolean;
  onFiles: (files: File[]) => void;
}) => {
  const input = useRef<HTMLInputElement>(null);
  const Icon = isCamera ? Camera : Images;
  return (
    <>
      <Button variant="secondary" className="flex-1" onClick={() => input.current?.click()}>
        <Icon aria-hidden className="size-5" />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture={isCamera ? "environment" : undefined}
        multiple={!isCamera}
        aria-label={label}
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
};
