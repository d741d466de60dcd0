import { useTranslations } from "next-intl";

import { Badge, type BadgeTone } from "@/components/ui/badge";

import type { OrganisationStatus } from "../types";

const TONES: Record<OrganisationStatus, BadgeTone> = {
  open: "success",
  unchecked: "warning",
  closed: "neutral",
};

export const OrganisationStatusBadge = ({ status }: { status: OrganisationStatus }) => {
  const t = useTranslations("staffOrganisations.status");
  return (
    <Badge tone={TONES[status]} className="text-xs">
      {t(status)}
    </Badge>
  );
};
