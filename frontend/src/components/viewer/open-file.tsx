"use client";

import { FileText } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { Button } from "@/components/ui/button";

const FileViewer = dynamic(() => import("./file-viewer").then((found) => found.FileViewer), { ssr: false });

interface OpenFileProps {
  fileId: string;
  label: string;
  title: string;
  /** Where many files stand together, which one this is. */
  describedAs?: string;
}

/** Opens a stored file in the page; the viewer itself is fetched when it is first wanted. */
export const OpenFile = ({ fileId, label, title, describedAs }: OpenFileProps) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="secondary"
        size="dense"
        className="max-w-full self-start max-sm:min-h-11"
        aria-label={describedAs}
        onClick={() => setOpen(true)}
      >
        <FileText aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 truncate">{label}</span>
      </Button>
      {isOpen && <FileViewer fileId={fileId} title={title} onClose={() => setOpen(false)} />}
    </>
  );
};
