import { Badge, type BadgeTone } from "@/components/ui/badge";

import type { VersionBrief } from "../types";

const TONES: Record<VersionBrief["state"], BadgeTone> = {
  draft: "neutral",
  proposed: "warning",
  approved: "info",
  in_force: "success",
  ended: "neutral",
  rejected: "danger",
  withdrawn: "neutral",
};

export const VersionStatus = ({ version }: { version: VersionBrief }) => (
  <Badge tone={TONES[version.state]}>{version.state_label}</Badge>
);
