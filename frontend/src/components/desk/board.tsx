"use client";

import { useTranslations } from "next-intl";
import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

/** Columns side by side that scroll within the page; words for screen readers must not widen it. */
export const BoardFrame = ({ children }: { children: ReactNode }) => (
  <div className="relative -mx-4 flex items-stretch gap-3 overflow-x-auto px-4 pb-3 md:mx-0 md:px-0">
    {children}
  </div>
);

interface BoardListProps {
  title: string;
  /** What stands beside the title: how many, how much. */
  figure: string;
  error?: unknown;
  isPending?: boolean;
  isEmpty?: boolean;
  onRetry?: () => void;
  /** Without it there is nothing more to load. */
  onMore?: () => void;
  isLoadingMore?: boolean;
  /** Handlers of a column into which cards are dropped, and how it then looks. */
  section?: ComponentPropsWithoutRef<"section">;
  children: ReactNode;
}

/** One column: title and figure, then its cards, or what stands in their place. */
export const BoardList = ({
  title,
  figure,
  error,
  isPending = false,
  isEmpty = false,
  onRetry,
  onMore,
  isLoadingMore = false,
  section,
  children,
}: BoardListProps) => {
  const t = useTranslations("board");
  const describe = useProblemText();
  const id = useId();
  return (
    <section
      {...section}
      aria-labelledby={id}
      className={cn(
        "flex w-72 shrink-0 flex-col gap-2 rounded-card border border-line bg-canvas p-2",
        section?.className,
      )}
    >
      <header className="flex items-baseline justify-between gap-2 px-1">
        <h2 id={id} className="min-w-0 truncate font-semibold">
          {title}
        </h2>
        <p className="shrink-0 text-xs text-muted tabular-nums">{figure}</p>
      </header>
      {error && isEmpty ? (
        <div className="flex flex-col items-start gap-2 px-1 text-warning">
          {describe(error)}
          <Button variant="secondary" size="dense" onClick={onRetry}>
            {t("again")}
          </Button>
        </div>
      ) : isPending ? (
        <>
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </>
      ) : isEmpty ? (
        <p className="px-1 text-muted">{t("empty")}</p>
      ) : (
        <ul className="flex flex-col gap-2">{children}</ul>
      )}
      {onMore && (
        <Button data-more variant="quiet" size="dense" busy={isLoadingMore} onClick={onMore}>
          {t("more")}
        </Button>
      )}
    </section>
  );
};

interface LayoutSwitchProps {
  isBoard: boolean;
  onBoard: (isBoard: boolean) => void;
}

/** List or board. */
export const LayoutSwitch = ({ isBoard, onBoard }: LayoutSwitchProps) => {
  const t = useTranslations("board");
  return (
    <fieldset className="flex items-center">
      <legend className="sr-only">{t("layout")}</legend>
      {[false, true].map((board) => (
        <Button
          key={String(board)}
          variant={isBoard === board ? "secondary" : "quiet"}
          size="dense"
          aria-pressed={isBoard === board}
          onClick={() => onBoard(board)}
        >
          {t(board ? "asBoard" : "asList")}
        </Button>
      ))}
    </fieldset>
  );
};
