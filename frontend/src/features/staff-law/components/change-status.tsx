import { Badge, type BadgeTone } from "@/components/ui/badge";

import type { LawChange } from "../types";

const TONES: Record<LawChange["status"], BadgeTone> = {
  draft: "neutral",
  submitted: "warning",
  approved: "info",
  applied: "success",
  rejected: "danger",
  withdrawn: "neutral",
};

export const ChangeStatusBadge = ({ change }: { change: LawChange }) => (
  <Badge tone={TONES[change.status]}>{change.status_label}</Badge>
);
