import { Badge, type BadgeTone } from "@/components/ui/badge";

import type { StaffCaseRow } from "../../types";

type Tag = StaffCaseRow["tags"][number];

const TONES: Record<string, BadgeTone> = {
  teal: "primary",
  blue: "info",
  red: "danger",
  orange: "warning",
  sand: "warning",
  green: "success",
};

/** Tags of the team, each by name; the colour only helps the eye. */
export const TagMarks = ({ tags }: { tags: readonly Tag[] }) => (
  <span className="flex flex-wrap gap-1">
    {tags.map((tag) => (
      <Badge key={tag.id} tone={TONES[tag.colour] ?? "neutral"} className="px-2 text-xs">
        <span className="truncate">{tag.name}</span>
      </Badge>
    ))}
  </span>
);
