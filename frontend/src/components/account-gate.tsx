"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { EmptyState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Link, usePathname } from "@/lib/i18n/navigation";
import { isHeldBack, sessionQuery } from "@/lib/session";

/** What is open before the second factor: setting it up, and seeing what happened to the account. */
const OPEN_BEFORE = [
  "/account/security",
  "/account/second-factor",
  "/account/who-looked",
  "/account/activity",
];

/** Staff without a second factor would be refused by every page here: they are told what to do instead. */
export const AccountGate = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("account.heldBack");
  const pathname = usePathname();
  const { data: session } = useQuery(sessionQuery);
  if (!isHeldBack(session) || OPEN_BEFORE.includes(pathname)) return children;
  return (
    <div className="pt-2">
      <EmptyState icon={<ShieldCheck className="size-6" />} title={t("title")} text={t("text")}>
        <Link href="/account/second-factor" className={buttonStyles({ variant: "primary" })}>
          {t("setUp")}
        </Link>
      </EmptyState>
    </div>
  );
};
