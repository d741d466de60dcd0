"use client";

import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/desk/facts";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import type { AccountRow } from "../types";

interface AccountCardProps {
  account: AccountRow;
  isKept: boolean;
  onKeep: () => void;
}

/** One of the two accounts, and the choice that this one stays. */
export const AccountCard = ({ account, isKept, onKeep }: AccountCardProps) => {
  const t = useTranslations("staffDuplicates");
  const locale = useLocale();
  const roles = [...account.roles.map(({ label }) => label), ...account.custom_roles.map(({ name }) => name)];
  return (
    <div
      className={cn(
        "flex min-w-0 flex-1 flex-col gap-3 rounded-card border p-3",
        isKept ? "border-primary bg-primary-soft" : "border-line",
      )}
    >
      <label className="flex min-h-11 items-center gap-3 font-medium text-ink has-focus-visible:outline-3 has-focus-visible:outline-focus">
        <input
          type="radio"
          name="keep"
          checked={isKept}
          onChange={onKeep}
          className="size-5 shrink-0 appearance-none rounded-full border-2 border-field-line bg-surface outline-none checked:border-[6px] checked:border-primary"
        />
        <span className="min-w-0">
          {account.full_name || t("noName")}
          <span className="block text-sm font-normal text-muted">{isKept ? t("stays") : t("closes")}</span>
        </span>
      </label>
      <Facts
        items={[
          { label: t("fact.phone"), value: account.masked_phone },
          { label: t("fact.email"), value: account.email },
          { label: t("fact.roles"), value: roles.join(", ") },
          { label: t("fact.created"), value: formatDate(account.created_at, locale) },
          {
            label: t("fact.seen"),
            value: account.last_seen_at ? formatDate(account.last_seen_at, locale) : null,
          },
        ]}
      />
      <Link
        href={`/staff/people/${account.id}`}
        prefetch={false}
        className="self-start text-primary underline underline-offset-2"
      >
        {t("open")}
      </Link>
    </div>
  );
};
