"use client";

import { useQuery } from "@tanstack/react-query";
import { MailCheck, MailQuestion } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import { useCan } from "@/lib/session";

import { type CreditorAddress, creditorQuery, type StaffCreditor } from "../queries";
import { AddAddressForm } from "./add-address-form";
import { ConfirmAddressDialog } from "./confirm-address-dialog";
import { OwnOrganisation } from "./own-organisation";

interface AddressLineProps {
  address: CreditorAddress;
  canConfirm: boolean;
  onConfirm: () => void;
}

const AddressLine = ({ address, canConfirm, onConfirm }: AddressLineProps) => {
  const t = useTranslations("staff.creditors");
  const locale = useLocale();
  const isConfirmed = address.status === "confirmed";
  const Icon = isConfirmed ? MailCheck : MailQuestion;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <Icon
        aria-hidden
        className={isConfirmed ? "size-5 shrink-0 text-success" : "size-5 shrink-0 text-warning"}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-all text-ink">{address.value}</p>
        <p className="text-sm text-muted">
          {isConfirmed && address.confirmed_at
            ? t("confirmedAt", { at: formatDateTime(address.confirmed_at, locale) })
            : t("notConfirmed")}
        </p>
      </div>
      {!isConfirmed && canConfirm && (
        <Button size="dense" onClick={onConfirm}>
          {t("confirmAction")}
        </Button>
      )}
    </li>
  );
};

const Addresses = ({ creditor }: { creditor: StaffCreditor }) => {
  const t = useTranslations("staff.creditors");
  const [asked, setAsked] = useState<CreditorAddress | null>(null);
  const canConfirm = creditor.allowed_actions.includes("confirm_address");
  const hasConfirmed = creditor.addresses.some((address) => address.status === "confirmed");
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("addresses")}</h3>
      {!hasConfirmed && <Alert tone="warning">{t("lettersWait")}</Alert>}
      {creditor.addresses.length === 0 ? (
        <p className="text-muted">{t("noAddresses")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {creditor.addresses.map((address) => (
            <AddressLine
              key={address.id}
              address={address}
              canConfirm={canConfirm}
              onConfirm={() => setAsked(address)}
            />
          ))}
        </ul>
      )}
      {creditor.allowed_actions.includes("add_address") && <AddAddressForm creditorId={creditor.id} />}
      {asked && <ConfirmAddressDialog creditor={creditor} address={asked} onClose={() => setAsked(null)} />}
    </section>
  );
};

/** A lender and where its letters go. */
export const CreditorCard = ({ creditorId }: { creditorId: string }) => {
  const t = useTranslations("staff.creditors");
  const common = useTranslations("common");
  const mayJoin = useCan("organisation.edit");
  const { data, error, refetch } = useQuery(creditorQuery(creditorId));
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-7 w-2/3" />
        <Skeleton className="h-5 w-1/3" />
        <Skeleton className="h-28" />
      </Loading>
    );
  }
  const otherNames = [data.name_kk, data.name_en].filter((name) => name && name !== data.name);
  return (
    <div className="flex flex-col gap-5 text-sm">
      <div className="flex flex-col gap-1.5">
        <h2 className="text-lg font-semibold text-balance">{data.name}</h2>
        {otherNames.length > 0 && <p className="text-muted">{otherNames.join(" · ")}</p>}
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={data.status === "verified" ? "success" : "warning"}>
            {t(data.status === "verified" ? "verified" : "unverified")}
          </Badge>
          <span className="text-muted">{data.type_label}</span>
          {data.bin && <span className="text-muted">{t("bin", { bin: data.bin })}</span>}
          {data.bic && <span className="text-muted">{t("bic", { bic: data.bic })}</span>}
        </p>
      </div>
      <Addresses creditor={data} />
      {mayJoin && <OwnOrganisation creditor={data} />}
    </div>
  );
};
