"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Button, buttonStyles } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/api-client";
import { useProblemText } from "@/lib/use-problem-text";

interface PrivateFileProps {
  /** Address of the file below the API. */
  path: string;
  label: string;
  title: string;
  /** Name for saving, without its ending. */
  fileName: string;
}

const ENDINGS: Record<string, string> = {
  "application/pdf": ".pdf",
  "image/jpeg": ".jpg",
  "image/png": ".png",
};

interface Opened {
  address: string;
  type: string;
}

/** A file that only its readers may fetch: pictures are shown at once, a PDF opens beside or is saved. */
export const PrivateFile = ({ path, label, title, fileName }: PrivateFileProps) => {
  const t = useTranslations("desk.file");
  const common = useTranslations("common");
  const toast = useToast();
  const describe = useProblemText();
  const [isLoading, setLoading] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);

  useEffect(() => {
    // The copy in this tab's memory goes with the window that showed it.
    if (opened) return () => URL.revokeObjectURL(opened.address);
  }, [opened]);

  const open = async () => {
    setLoading(true);
    try {
      const blob = await api.file(path);
      setOpened({ address: URL.createObjectURL(blob), type: blob.type });
    } catch (error) {
      toast.show("danger", describe(error));
    } finally {
      setLoading(false);
    }
  };
  return (
    <>
      <Button
        variant="secondary"
        size="dense"
        className="self-start max-sm:min-h-11"
        busy={isLoading}
        onClick={() => void open()}
      >
        <FileText aria-hidden className="size-4" />
        {label}
      </Button>
      {opened && (
        <Dialog
          open
          onOpenChange={(isOpen) => !isOpen && setOpened(null)}
          title={title}
          closeLabel={common("close")}
        >
          {opened.type.startsWith("image/") ? (
            // eslint-disable-next-line @next/next/no-img-element -- a blob of this tab, nothing to optimise
            <img src={opened.address} alt={title} className="w-full rounded-field border border-line" />
          ) : (
            <p className="text-text">{t("pdf")}</p>
          )}
          <div className="flex flex-col gap-2 sm:flex-row">
            <a
              href={opened.address}
              target="_blank"
              rel="noreferrer"
              className={buttonStyles({ variant: "primary" })}
            >
              {t("open")}
            </a>
            <a
              href={opened.address}
              download={`${fileName}${ENDINGS[opened.type] ?? ""}`}
              className={buttonStyles({ variant: "secondary" })}
            >
              {t("save")}
            </a>
          </div>
        </Dialog>
      )}
    </>
  );
};
