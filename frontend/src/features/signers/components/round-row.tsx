"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";

import type { SignerRole } from "@/api/signing";
import { Checkbox } from "@/components/ui/choices";
import { FieldError } from "@/components/ui/field";
import { Select } from "@/components/ui/text-input";

import { type SignerRow, TERMS } from "../round-form";
import { usePartyWord } from "./signer-row";

const ROLES = ["signer", "approver", "copy"] as const satisfies readonly SignerRole[];

interface RoundRowProps {
  row: SignerRow;
  /** Place among the chosen, from 1; null while not chosen or where the order does not count. */
  place: number | null;
  total: number;
  error?: string;
  onChange: (change: Partial<Pick<SignerRow, "isIn" | "role" | "days">>) => void;
  onMove: (step: 1 | -1) => void;
}

const moveStyles =
  "flex size-11 items-center justify-center rounded-field border border-field-line bg-surface text-primary hover:bg-primary-soft aria-disabled:opacity-40";

/** One person in the form: whether he is asked, as what, for how long, and where he stands in the order. */
export const RoundRow = ({ row, place, total, error, onChange, onMove }: RoundRowProps) => {
  const t = useTranslations("signers.form");
  const roles = useTranslations("signers.role");
  const party = usePartyWord();
  const id = `signer-${row.personId}`;
  const arrow = (step: 1 | -1, label: string) => {
    const isEnd = place === (step === -1 ? 1 : total);
    const Icon = step === -1 ? ArrowUp : ArrowDown;
    return (
      <button
        type="button"
        className={moveStyles}
        aria-label={label}
        // Not `disabled`: the focus would be lost at the end of the list.
        aria-disabled={isEnd || undefined}
        onClick={() => !isEnd && onMove(step)}
      >
        <Icon aria-hidden className="size-5" />
      </button>
    );
  };
  return (
    <li className="flex flex-col gap-2">
      <Checkbox
        id={id}
        checked={row.isIn}
        onChange={(event) => onChange({ isIn: event.target.checked })}
        label={
          <>
            <span className="block font-medium break-words">
              {place !== null && `${place}. `}
              {row.name}
            </span>
            <span className="block text-sm text-muted">{party(row.partyRole)}</span>
          </>
        }
      />
      {row.isIn && (
        <div className="flex flex-wrap items-end gap-2 pl-4">
          <Select
            id={`${id}-role`}
            label={t("role")}
            className="min-w-36 flex-1"
            value={row.role}
            onChange={(event) => {
              const role = ROLES.find((one) => one === event.target.value);
              if (role) onChange({ role });
            }}
          >
            {row.roles.map((role) => (
              <option key={role} value={role}>
                {roles(role)}
              </option>
            ))}
          </Select>
          {row.role !== "copy" && (
            <Select
              id={`${id}-days`}
              label={t("days")}
              className="min-w-32 flex-1"
              value={String(row.days)}
              onChange={(event) => onChange({ days: Number(event.target.value) })}
            >
              {TERMS.map((days) => (
                <option key={days} value={days}>
                  {t("daysOf", { days })}
                </option>
              ))}
            </Select>
          )}
          {place !== null && total > 1 && (
            <div className="flex gap-2">
              {arrow(-1, t("up", { name: row.name }))}
              {arrow(1, t("down", { name: row.name }))}
            </div>
          )}
        </div>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
    </li>
  );
};
