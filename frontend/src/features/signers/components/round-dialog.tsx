"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SigningRound } from "@/api/signing";
import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { Checkbox } from "@/components/ui/choices";
import { useToast } from "@/components/ui/toast";
import { isProblem } from "@/lib/problem";

import { useStartRound } from "../mutations";
import { answeredNames, changeRow, initialRows, moveRow, type SignerRow, wishOf } from "../round-form";
import { RoundRow } from "./round-row";

interface RoundDialogProps {
  round: SigningRound;
  isReplacing: boolean;
  onClose: () => void;
}

/** What the server said of one person; `/signers/2/role` points at the third of those who were sent. */
const errorOf = (error: unknown, sent: readonly SignerRow[], personId: string): string | undefined => {
  if (!isProblem(error)) return undefined;
  const place = sent.findIndex((row) => row.personId === personId);
  if (place === -1) return undefined;
  return error.errors.find(({ pointer }) => pointer.startsWith(`/signers/${place}/`))?.detail;
};

/** Choosing who is asked to sign: people of the case, as what, in which order, till when. */
export const RoundDialog = ({ round, isReplacing, onClose }: RoundDialogProps) => {
  const t = useTranslations("signers.form");
  const toast = useToast();
  const signers = useTranslations("signers");
  // Who has given no name yet is told apart from the others by words all the same.
  const [rows, setRows] = useState(() =>
    initialRows(round, isReplacing).map((row) => ({ ...row, name: row.name || signers("noName") })),
  );
  const [isOrdered, setOrdered] = useState(isReplacing && round.is_ordered);
  const [isEmpty, setEmpty] = useState(false);
  const [news, setNews] = useState("");
  const start = useStartRound(round.document.id, isReplacing);
  const chosen = rows.filter((row) => row.isIn);
  const answered = isReplacing ? answeredNames(round) : [];
  const isAtRows = chosen.some((row) => errorOf(start.error, chosen, row.personId) !== undefined);

  const change = (next: SignerRow[]) => {
    setRows(next);
    setEmpty(false);
    if (start.error) start.reset();
  };
  const move = (row: SignerRow, step: 1 | -1) => {
    const next = moveRow(rows, row.personId, step);
    change(next);
    const place = next.filter((one) => one.isIn).findIndex((one) => one.personId === row.personId) + 1;
    setNews(t("moved", { name: row.name, place, total: chosen.length }));
  };
  const submit = () => {
    if (!chosen.some((row) => row.role === "signer")) {
      setEmpty(true);
      return;
    }
    start.mutate(wishOf(rows, isOrdered), {
      onSuccess: () => {
        onClose();
        toast.show("success", t("done"));
      },
    });
  };
  return (
    <FormDialog
      title={t(isReplacing ? "titleReplace" : "title", { number: round.document.number })}
      lead={t("lead")}
      submitLabel={t(isReplacing ? "submitReplace" : "submit")}
      busy={start.isPending}
      error={start.error}
      isAtFields={isAtRows}
      onSubmit={submit}
      onClose={onClose}
    >
      {answered.length > 0 && <p className="text-muted">{t("answered", { names: answered.join(", ") })}</p>}
      <Checkbox
        id="round-ordered"
        checked={isOrdered}
        onChange={(event) => setOrdered(event.target.checked)}
        label={
          <>
            <span className="block">{t("ordered")}</span>
            <span className="block text-sm text-muted">{t("orderedHelp")}</span>
          </>
        }
      />
      <ul aria-label={t("people")} className="flex flex-col gap-3">
        {rows.map((row) => (
          <RoundRow
            key={row.personId}
            row={row}
            place={isOrdered && row.isIn ? chosen.indexOf(row) + 1 : null}
            total={chosen.length}
            error={errorOf(start.error, chosen, row.personId)}
            onChange={(part) => change(changeRow(rows, row.personId, part))}
            onMove={(step) => move(row, step)}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {news}
      </p>
      {/* Beside the button that was pressed: the list above may be longer than the screen. */}
      {isEmpty && (
        <Alert tone="danger" live>
          {t("nobodySigns")}
        </Alert>
      )}
    </FormDialog>
  );
};
