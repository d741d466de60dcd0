import type { ConsentKind } from "@/api/types";

export interface GivenConsent {
  kind: ConsentKind;
  kind_label: string;
  version: number;
  title: string;
  accepted_at: string;
  withdrawn_at: string | null;
  is_current: boolean;
  effect: { allows: string; ends: string };
  allowed_actions: ("withdraw" | "accept")[];
}
