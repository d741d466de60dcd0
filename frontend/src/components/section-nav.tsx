"use client";

import type { LucideIcon } from "lucide-react";

import { cn } from "@/lib/cn";
import { Link, usePathname } from "@/lib/i18n/navigation";

export interface SectionLink {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Other addresses that belong to this part. */
  covers?: readonly string[];
}

/** The parts of one thing: a bar at the thumb on a phone, tabs above the content on a wide screen. */
export const SectionNav = ({ label, links }: { label: string; links: readonly SectionLink[] }) => {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      className="print-hidden fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:static lg:border-t-0 lg:border-b lg:bg-transparent lg:pb-0"
    >
      <ul className="mx-auto flex max-w-xl lg:mx-0 lg:max-w-none lg:gap-2">
        {links.map(({ href, label: text, icon: Icon, covers }) => {
          const isCurrent = pathname === href || covers?.includes(pathname);
          return (
            <li key={href} className="flex-1 lg:flex-none">
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-xs font-medium text-muted lg:min-h-12 lg:flex-row lg:gap-2 lg:border-b-2 lg:border-transparent lg:px-4 lg:text-base",
                  isCurrent && "text-primary lg:border-primary",
                )}
              >
                <Icon aria-hidden className="size-5" />
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
