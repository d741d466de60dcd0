import { useTranslations } from "next-intl";

import { Badge, type BadgeTone } from "@/components/ui/badge";

import type { PersonStatus } from "../types";

const TONES: Record<PersonStatus, BadgeTone> = {
  active: "success",
  deactivated: "warning",
  erased: "neutral",
};

export const PersonStatusBadge = ({ status }: { status: PersonStatus }) => {
  const t = useTranslations("staffPeople.status");
  return (
    <Badge tone={TONES[status]} className="text-xs">
      {t(status)}
    </Badge>
  );
};
