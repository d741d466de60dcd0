"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, CircleUser, FolderOpen, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";

import { LanguageSwitch } from "@/components/language-switch";
import { Mark } from "@/components/wordmark";
import { cn } from "@/lib/cn";
import { Link, usePathname, useRouter } from "@/lib/i18n/navigation";
import { isStaffSession, sessionQuery, useSignOut } from "@/lib/session";

/** Only what exists. */
const ENTRIES = [
  { key: "cases", href: "/staff/cases", icon: FolderOpen },
  { key: "creditors", href: "/staff/creditors", icon: Building2 },
] as const;

const entryStyles =
  "flex min-h-11 items-center gap-2.5 rounded-field px-3 text-sm font-medium text-text hover:bg-primary-soft md:max-xl:flex-col md:max-xl:justify-center md:max-xl:gap-1 md:max-xl:px-1 md:max-xl:py-2 md:max-xl:text-center md:max-xl:text-xs";

const SignOut = () => {
  const t = useTranslations("nav");
  const router = useRouter();
  const signOut = useSignOut(() => router.replace("/sign-in/staff"));
  return (
    <button
      type="button"
      aria-busy={signOut.isPending || undefined}
      onClick={() => !signOut.isPending && signOut.mutate()}
      className={entryStyles}
    >
      <LogOut aria-hidden className="size-5 shrink-0 text-muted" />
      <span className="max-md:sr-only">{t("signOut")}</span>
    </button>
  );
};

/** The left rail; a bar on top of a phone. */
export const StaffRail = () => {
  const t = useTranslations("staff.nav");
  const nav = useTranslations("nav");
  const pathname = usePathname();
  const { data: session } = useQuery(sessionQuery);
  const isStaff = session ? isStaffSession(session) : false;
  return (
    <header className="print-hidden border-b border-line bg-surface md:w-24 md:shrink-0 md:border-r md:border-b-0 xl:w-52">
      <div className="flex items-center gap-1 px-2 py-1 md:sticky md:top-0 md:h-[calc(100dvh-2.5rem)] md:flex-col md:items-stretch md:gap-2 md:px-2 md:py-3 xl:px-3">
        <Link
          href="/staff/cases"
          aria-label={t("home")}
          className="flex min-h-11 items-center gap-2 px-1 font-bold whitespace-nowrap text-ink md:max-xl:justify-center"
        >
          <Mark className="size-8" />
          <span className="max-xl:sr-only">Kenes Hub</span>
        </Link>
        {isStaff && (
          <nav aria-label={t("name")} className="flex gap-1 md:flex-col">
            {ENTRIES.map(({ key, href, icon: Icon }) => {
              const isHere = pathname.startsWith(href);
              return (
                <Link
                  key={key}
                  href={href}
                  prefetch={false}
                  aria-current={isHere ? "page" : undefined}
                  className={cn(entryStyles, isHere && "bg-primary-soft text-primary")}
                >
                  <Icon aria-hidden className={cn("size-5 shrink-0", !isHere && "text-muted")} />
                  {t(key)}
                </Link>
              );
            })}
          </nav>
        )}
        <div className="ml-auto flex items-center md:mt-auto md:ml-0 md:flex-col md:items-stretch md:gap-1">
          {session?.user && (
            <Link href="/account" prefetch={false} className={entryStyles}>
              <CircleUser aria-hidden className="size-5 shrink-0 text-muted" />
              <span className="max-xl:hidden">
                {session.user.full_name || session.user.email || nav("account")}
              </span>
              <span className="max-md:sr-only xl:hidden">{nav("account")}</span>
            </Link>
          )}
          <LanguageSwitch className="hidden md:flex md:max-xl:flex-col" />
          {session?.authenticated ? (
            <SignOut />
          ) : (
            <Link href="/sign-in/staff" prefetch={false} className={entryStyles}>
              {nav("signIn")}
            </Link>
          )}
        </div>
      </div>
    </header>
  );
};
