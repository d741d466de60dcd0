"use client";

import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";

import type { NavEntry, NavGroup } from "../navigation";
import { MentionBadge } from "./mention-badge";

export const entryStyles =
  "flex min-h-11 items-center gap-2.5 rounded-field px-3 text-sm font-medium text-text hover:bg-primary-soft";

/** Icon above a small word where the rail is narrow. */
export const railStyles =
  "md:max-xl:flex-col md:max-xl:justify-center md:max-xl:gap-1 md:max-xl:px-1 md:max-xl:py-2 md:max-xl:text-center md:max-xl:text-xs md:max-xl:leading-tight";

interface NavLinkProps {
  entry: NavEntry;
  isHere: boolean;
  className?: string;
  onFollow?: () => void;
}

export const NavLink = ({ entry: { key, href, icon: Icon }, isHere, className, onFollow }: NavLinkProps) => {
  const t = useTranslations("staffNav");
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={onFollow}
      aria-current={isHere ? "page" : undefined}
      className={cn(entryStyles, className, isHere && "bg-primary-soft text-primary")}
    >
      <Icon aria-hidden className={cn("size-5 shrink-0", !isHere && "text-muted")} />
      <span className="min-w-0 hyphens-auto">{t(key)}</span>
      {key === "mentions" && <MentionBadge />}
    </Link>
  );
};

interface NavGroupsProps {
  groups: readonly NavGroup[];
  current: string | undefined;
  linkClassName?: string;
  titleClassName?: string;
  onFollow?: () => void;
}

/** All sections; a group of several has its name above. */
export const NavGroups = ({ groups, current, linkClassName, titleClassName, onFollow }: NavGroupsProps) => {
  const t = useTranslations("staffNav");
  return groups.map(({ key, title, entries }) => {
    const isTitled = title !== undefined && entries.length > 1;
    return (
      <div
        key={key}
        role={isTitled ? "group" : undefined}
        aria-label={isTitled ? t(`groups.${title}`) : undefined}
        className={cn("flex flex-col", isTitled && "border-t border-line pt-1")}
      >
        {isTitled && (
          <p aria-hidden className={cn("px-3 py-1 text-xs text-muted", titleClassName)}>
            {t(`groups.${title}`)}
          </p>
        )}
        {entries.map((entry) => (
          <NavLink
            key={entry.key}
            entry={entry}
            isHere={entry.href === current}
            className={linkClassName}
            onFollow={onFollow}
          />
        ))}
      </div>
    );
  });
};
