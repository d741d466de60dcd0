"use client";

import { useTranslations } from "next-intl";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { useRouter } from "@/lib/i18n/navigation";

import { useStartViewing } from "../mutations";

interface ViewAsDialogProps {
  personId: string;
  personName: string;
  onClose: () => void;
}

/** Asks why before the application is shown through another person's eyes. */
export const ViewAsDialog = ({ personId, personName, onClose }: ViewAsDialogProps) => {
  const t = useTranslations("viewAs.start");
  const router = useRouter();
  const start = useStartViewing(personId, () => {
    onClose();
    router.push("/cases");
  });
  return (
    <ReasonDialog
      title={t("title", { person: personName })}
      lead={t("lead")}
      label={t("reason")}
      help={t("reasonHelp")}
      submitLabel={t("submit")}
      mutation={start}
      onSubmit={(reason) => start.mutate(reason)}
      onClose={onClose}
    />
  );
};
