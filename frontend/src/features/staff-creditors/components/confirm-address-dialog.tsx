"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { useProblemText } from "@/lib/use-problem-text";

import { useConfirmAddress } from "../mutations";
import type { CreditorAddress, StaffCreditor } from "../queries";

interface ConfirmAddressDialogProps {
  creditor: StaffCreditor;
  address: CreditorAddress;
  onClose: () => void;
}

/** Says plainly what a confirmation sets free before it is given: letters leave and cannot be called back. */
export const ConfirmAddressDialog = ({ creditor, address, onClose }: ConfirmAddressDialogProps) => {
  const t = useTranslations("staff.creditors.confirm");
  const common = useTranslations("common");
  const describe = useProblemText();
  const toast = useToast();
  const confirm = useConfirmAddress(creditor.id, () => {
    toast.show("success", t("done", { address: address.value }));
    onClose();
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")} closeLabel={common("close")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">{t("creditor")}</dt>
        <dd className="font-medium text-ink">{creditor.name}</dd>
        <dt className="text-muted">{t("address")}</dt>
        <dd className="font-medium break-all text-ink">{address.value}</dd>
      </dl>
      <Alert tone="warning" title={t("warningTitle")}>
        <p>{t("warning")}</p>
      </Alert>
      <p>{t("check")}</p>
      {confirm.error && (
        <Alert tone="danger" live>
          {describe(confirm.error)}
        </Alert>
      )}
      <div className="flex flex-col gap-2 sm:flex-row-reverse">
        <Button busy={confirm.isPending} onClick={() => confirm.mutate(address.id)}>
          {t("submit")}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {common("cancel")}
        </Button>
      </div>
    </Dialog>
  );
};
