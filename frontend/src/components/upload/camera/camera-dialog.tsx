"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { FullDialog } from "@/components/ui/full-dialog";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "@/lib/use-problem-text";

import type { Attach } from "../queue";
import { CornerEditor } from "./corner-editor";
import { LookChoice } from "./look-choice";
import { PageStrip, PageTools } from "./page-strip";
import { PhotoInput } from "./photo-input";
import type { BookState, Look } from "./shot-book";
import { ShotsProgress } from "./shots-progress";
import { useShots } from "./use-shots";

interface CameraDialogProps {
  slot: string;
  /** What the PDF is called, without its ending. */
  name: string;
  attach: Attach;
  /** Photos that were taken before the window opened. */
  first?: readonly File[];
  onClose: () => void;
}

const Troubles = ({ state }: { state: BookState }) => {
  const t = useTranslations("camera");
  const describe = useProblemText();
  return (
    <>
      {state.unreadable > 0 && (
        <Alert tone="danger" live>
          {t("unreadable", { count: state.unreadable })}
        </Alert>
      )}
      {state.problem && (
        <Alert tone="danger" live>
          {state.problem.status === 0 ? t("lineGone") : describe(state.problem)}
        </Alert>
      )}
    </>
  );
};

/** Pages are photographed one after another, cut out, put in order and given as one PDF. */
export const CameraDialog = ({ slot, name, attach, first, onClose }: CameraDialogProps) => {
  const t = useTranslations("camera");
  const toast = useToast();
  const id = useId();
  const { book, state } = useShots(slot);
  const [wanted, setWanted] = useState<string>();
  const [look, setLook] = useState<Look>("color");
  const { shots } = state;
  const at = Math.max(
    0,
    shots.findIndex((shot) => shot.id === wanted),
  );
  const chosen = shots[at];
  const add = (files: readonly File[]) => void book.add(files).then((last) => last && setWanted(last));
  const isBegun = useRef(false);
  useEffect(() => {
    if (!first || isBegun.current) return;
    isBegun.current = true;
    void book.add(first).then((last) => last && setWanted(last));
  }, [book, first]);
  const finish = async () => {
    if (!(await book.finish({ name, look, attach }))) return;
    toast.show("success", t("done"));
    onClose();
  };
  return (
    <FullDialog title={t("title")} onClose={onClose} shape="middle">
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4 *:shrink-0">
        <Troubles state={state} />
        {chosen ? (
          <>
            <CornerEditor
              shot={chosen}
              onCorners={(corners) => book.setCorners(chosen.id, corners)}
              onSettled={() => void book.keep(chosen.id)}
            />
            <PageTools book={book} shots={shots} at={at} onRemoved={setWanted} />
            <PageStrip shots={shots} chosen={chosen.id} look={look} onChoose={setWanted} />
            <LookChoice id={id} look={look} onLook={setLook} />
          </>
        ) : (
          <p className="measure text-text">{t("lead")}</p>
        )}
        {state.reading > 0 && (
          <p role="status" className="text-sm text-muted">
            {t("reading", { count: state.reading })}
          </p>
        )}
      </div>
      <div className="flex flex-col gap-2 border-t border-line p-4">
        {shots.length > 0 && <ShotsProgress state={state} />}
        <div className="flex flex-wrap gap-2">
          <PhotoInput label={t(chosen ? "another" : "take")} isCamera onFiles={add} />
          <PhotoInput label={t("gallery")} isCamera={false} onFiles={add} />
        </div>
        {chosen && (
          <Button busy={state.isFinishing} onClick={() => void finish()}>
            {t("finish", { count: shots.length })}
          </Button>
        )}
      </div>
    </FullDialog>
  );
};
