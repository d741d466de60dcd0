"use client";

import { CircleHelp, CloudOff, FolderOpen, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

const Panel = ({ icon, title, text, children, live = false, heading: Heading = "h2" }: PanelProps) => (
  <div
    role={live ? "alert" : undefined}
    className="mx-auto flex max-w-md flex-col items-center gap-3 rounded-card border border-line bg-surface px-5 py-8 text-center"
  >
    <span
      aria-hidden
      className="flex size-12 items-center justify-center rounded-full bg-primary-soft text-primary"
    >
      {icon}
    </span>
    <Heading className="text-lg font-semibold">{title}</Heading>
    {text && <p className="text-text">{text}</p>}
    {children}
  </div>
);

interface PanelProps {
  icon: ReactNode;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  live?: boolean;
  /** `h1` where the panel stands instead of the whole page. */
  heading?: "h1" | "h2";
}

/** Nothing is here yet: says why and offers the next step. */
export const EmptyState = ({
  title,
  text,
  children,
  icon,
}: Omit<PanelProps, "icon" | "live" | "heading"> & { icon?: ReactNode }) => (
  <Panel icon={icon ?? <FolderOpen className="size-6" />} title={title} text={text}>
    {children}
  </Panel>
);

/** A page that could not be shown: lost line, server trouble, absent or refused, each in its own words. */
export const ProblemState = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => {
  const t = useTranslations("states");
  const describe = useProblemText();
  const status = isProblem(error) ? error.status : 500;
  if (status === 404) {
    return (
      <Panel
        icon={<CircleHelp className="size-6" />}
        title={t("notFoundTitle")}
        text={t("notFoundText")}
        live
        heading="h1"
      />
    );
  }
  if (status === 403) {
    return (
      <Panel
        icon={<Lock className="size-6" />}
        title={t("refusedTitle")}
        text={t("refusedText")}
        live
        heading="h1"
      />
    );
  }
  return (
    <Panel icon={<CloudOff className="size-6" />} title={t("errorTitle")} text={describe(error)} live>
      {onRetry && (
        <Button variant="secondary" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </Panel>
  );
};

/** The person must sign in first. */
export const SignInState = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("states");
  return (
    <Panel icon={<Lock className="size-6" />} title={t("signInTitle")} text={t("signInText")}>
      {children}
    </Panel>
  );
};
