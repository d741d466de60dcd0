"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LifeBuoy, Smartphone } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { Factor, Factors } from "@/api/identity";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { formatDate, formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { supportsPasskeys } from "@/lib/passkeys";
import { factorsQuery } from "@/lib/second-factors";
import { useHydrated } from "@/lib/use-hydrated";

import { NewRecoveryCodes, RemoveFactor, RenameFactor } from "./factor-dialogs";
import { RowItem, RowList, Section } from "./section";

type Open = { what: "rename" | "remove"; factor: Factor } | { what: "codes" };

const ICONS = { totp: Smartphone, passkey: KeyRound, recovery_codes: LifeBuoy };
const FEW_CODES = 3;

interface FactorRowProps {
  factor: Factor;
  onOpen: (open: Open) => void;
}

const FactorRow = ({ factor, onOpen }: FactorRowProps) => {
  const t = useTranslations("security.factors");
  const locale = useLocale();
  const Icon = ICONS[factor.kind];
  const used = factor.last_used_at
    ? t("used", { when: formatDateTime(factor.last_used_at, locale) })
    : t("unused");
  return (
    <RowItem
      icon={<Icon className="size-5" />}
      title={factor.name}
      actions={
        <>
          <Button
            variant="secondary"
            aria-label={`${t("rename.open")}: ${factor.name}`}
            onClick={() => onOpen({ what: "rename", factor })}
          >
            {t("rename.open")}
          </Button>
          <Button
            variant="quiet"
            aria-label={`${t("remove.open")}: ${factor.name}`}
            onClick={() => onOpen({ what: "remove", factor })}
          >
            {t("remove.open")}
          </Button>
        </>
      }
    >
      {t("added", { date: formatDate(factor.created_at, locale) })}
      <br />
      {used}
    </RowItem>
  );
};

const CodesRow = ({ left, onOpen }: { left: number; onOpen: (open: Open) => void }) => {
  const t = useTranslations("security.factors");
  return (
    <RowItem
      icon={<LifeBuoy className="size-5" />}
      title={t("codes")}
      actions={
        <Button variant="secondary" onClick={() => onOpen({ what: "codes" })}>
          {t("newCodes.open")}
        </Button>
      }
    >
      <span className={left <= FEW_CODES ? "font-medium text-warning" : undefined}>
        {t("codesLeft", { count: left })}
      </span>
    </RowItem>
  );
};

const Held = ({ factors }: { factors: Factors }) => {
  const t = useTranslations("security.factors");
  const isHydrated = useHydrated();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const own = factors.items.filter((item) => item.kind !== "recovery_codes");
  const codes = factors.items.find((item) => item.kind === "recovery_codes");
  const hasApp = own.some((item) => item.kind === "totp");
  const add = (way: "totp" | "passkey") => (
    <Link
      href={`/account/second-factor?way=${way}&next=${encodeURIComponent("/account/security")}`}
      prefetch={false}
      className={buttonStyles({ variant: own.length === 0 ? "primary" : "secondary" })}
    >
      {t(way === "passkey" ? "addPasskey" : hasApp ? "replaceApp" : "addApp")}
    </Link>
  );
  return (
    <>
      {own.length === 0 && (
        <Alert tone={factors.required ? "warning" : "info"}>
          {t(factors.required ? "required" : "none")}
        </Alert>
      )}
      {factors.items.length > 0 && (
        <RowList label={t("title")}>
          {own.map((factor) => (
            <FactorRow key={factor.id} factor={factor} onOpen={setOpen} />
          ))}
          {own.length > 0 && <CodesRow left={codes?.codes_left ?? 0} onOpen={setOpen} />}
        </RowList>
      )}
      <div className="flex flex-col gap-2 sm:flex-row">
        {isHydrated && supportsPasskeys() && add("passkey")}
        {add("totp")}
      </div>
      {open?.what === "rename" && <RenameFactor factor={open.factor} onClose={close} />}
      {open?.what === "remove" && <RemoveFactor factor={open.factor} onClose={close} />}
      {open?.what === "codes" && <NewRecoveryCodes onClose={close} />}
    </>
  );
};

export const FactorsSection = () => {
  const t = useTranslations("security.factors");
  const query = useQuery(factorsQuery);
  return (
    <Section id="security-factors" title={t("title")} lead={t("text")}>
      <Loaded query={query} shapes={["h-16", "h-11"]}>
        {(factors) => <Held factors={factors} />}
      </Loaded>
    </Section>
  );
};
