import type { TagColour } from "./queries";

export const COLOURS = ["grey", "teal", "blue", "purple", "red", "orange", "green", "sand"] as const;

/** Each colour by tokens that keep their contrast in both themes, as cases show it. */
export const LOOKS: Record<TagColour, string> = {
  grey: "border-line bg-canvas text-ink",
  teal: "border-primary bg-primary-soft text-primary",
  blue: "border-info bg-info-soft text-info",
  purple: "border-info border-dashed bg-surface text-info",
  red: "border-danger bg-danger-soft text-danger",
  orange: "border-warning bg-warning-soft text-warning",
  green: "border-success bg-success-soft text-success",
  sand: "border-accent bg-accent-soft text-ink",
};
