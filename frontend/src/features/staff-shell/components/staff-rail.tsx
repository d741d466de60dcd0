"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";

import { KeepLanguage } from "@/components/keep-language";
import { LanguageSwitch } from "@/components/language-switch";
import { Mark } from "@/components/wordmark";
import { cn } from "@/lib/cn";
import { Link, usePathname, useRouter } from "@/lib/i18n/navigation";
import { sessionQuery, useSignOut } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { abilitiesOf } from "../abilities";
import { currentHref, openGroups } from "../navigation";
import { entryStyles, NavGroups, NavLink, railStyles } from "./nav-links";
import { PhoneMenu } from "./phone-menu";

/** As many as fit beside each other on the smallest phone. */
const PHONE_ENTRIES = 2;

const SignOut = () => {
  const t = useTranslations("nav");
  const router = useRouter();
  const signOut = useSignOut(() => router.replace("/sign-in/staff"));
  return (
    <button
      type="button"
      aria-busy={signOut.isPending || undefined}
      onClick={() => !signOut.isPending && signOut.mutate()}
      className={cn(entryStyles, railStyles)}
    >
      <LogOut aria-hidden className="size-5 shrink-0 text-muted" />
      <span className="max-md:sr-only">{t("signOut")}</span>
    </button>
  );
};

const AccountEntry = ({ name }: { name: string }) => {
  const t = useTranslations("staffNav");
  return (
    <Link
      href="/account"
      prefetch={false}
      aria-label={`${name}, ${t("account")}`}
      className={cn(entryStyles, railStyles, "font-normal text-muted")}
    >
      <CircleUser aria-hidden className="size-5 shrink-0" />
      <span className="min-w-0 max-xl:sr-only xl:line-clamp-2">{name}</span>
    </Link>
  );
};

/** The left rail; on a phone a bar on top with the first sections and a menu of all. */
export const StaffRail = () => {
  const t = useTranslations("staffNav");
  const nav = useTranslations("nav");
  const pathname = usePathname();
  const isHydrated = useHydrated();
  const { data } = useQuery(sessionQuery);
  const session = isHydrated ? data : undefined;
  const groups = openGroups(abilitiesOf(session?.user));
  const entries = groups.flatMap((group) => group.entries);
  const current = currentHref(groups, pathname);
  const isLong = entries.length > PHONE_ENTRIES;
  return (
    <header className="print-hidden border-b border-line bg-surface md:w-24 md:shrink-0 md:border-r md:border-b-0 xl:w-56">
      <div className="flex items-center gap-1 px-2 py-1 md:sticky md:top-0 md:h-[calc(100dvh-2.5rem)] md:flex-col md:items-stretch md:gap-2 md:overflow-y-auto md:px-2 md:py-3 xl:px-3">
        <Link
          href="/staff"
          aria-label={t("home")}
          className="flex min-h-11 shrink-0 items-center gap-2 px-1 font-bold whitespace-nowrap text-ink md:max-xl:justify-center"
        >
          <Mark className="size-8" />
          <span className="max-xl:sr-only">Kenes Hub</span>
        </Link>
        {entries.length > 0 && (
          <>
            <nav aria-label={t("name")} className="hidden gap-1 md:flex md:flex-col">
              <NavGroups
                groups={groups}
                current={current}
                linkClassName={railStyles}
                titleClassName="md:max-xl:hidden"
              />
            </nav>
            <nav aria-label={t("name")} className="flex min-w-0 md:hidden">
              {isLong ? (
                <PhoneMenu groups={groups} current={current} />
              ) : (
                entries.map((entry) => (
                  <NavLink key={entry.key} entry={entry} isHere={entry.href === current} />
                ))
              )}
            </nav>
          </>
        )}
        <div className="ml-auto flex items-center md:mt-auto md:ml-0 md:flex-col md:items-stretch md:gap-1">
          {session?.user && <AccountEntry name={session.user.full_name || session.user.email || ""} />}
          <KeepLanguage>
            <LanguageSwitch className="hidden md:flex md:max-xl:flex-col" />
          </KeepLanguage>
          {session?.authenticated ? (
            <SignOut />
          ) : (
            <Link href="/sign-in/staff" prefetch={false} className={cn(entryStyles, railStyles)}>
              {nav("signIn")}
            </Link>
          )}
        </div>
      </div>
    </header>
  );
};
