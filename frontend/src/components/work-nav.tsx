"use client";

import type { LucideIcon } from "lucide-react";

import { cn } from "@/lib/cn";
import { Link, usePathname } from "@/lib/i18n/navigation";

export interface WorkLink {
  href: string;
  label: string;
  icon: LucideIcon;
  count?: number;
}

/** The longest address that the present one begins with. */
const currentOf = (links: readonly WorkLink[], pathname: string): string | undefined =>
  links
    .map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];

/** Sections of a workplace in one row; it scrolls sideways on a phone. */
export const WorkNav = ({ label, links }: { label: string; links: readonly WorkLink[] }) => {
  const current = currentOf(links, usePathname());
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto px-2">
      {links.map(({ href, label: text, icon: Icon, count }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={href === current ? "page" : undefined}
          className={cn(
            "flex min-h-11 shrink-0 items-center gap-2 border-b-2 border-transparent px-3 font-medium text-muted hover:text-ink",
            href === current && "border-primary text-primary",
          )}
        >
          <Icon aria-hidden className="size-5" />
          {text}
          {count !== undefined && count > 0 && (
            <span className="rounded-full bg-primary-soft px-2 text-xs text-primary tabular-nums">
              {count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
};
