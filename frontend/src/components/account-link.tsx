"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleUser } from "lucide-react";
import { useTranslations } from "next-intl";

import { Link } from "@/lib/i18n/navigation";
import { isStaffSession, sessionQuery } from "@/lib/session";

/** «Войти» for a stranger, the way to one's own area for a known person; the place keeps its size meanwhile. */
export const AccountLink = () => {
  const t = useTranslations("nav");
  const { data } = useQuery(sessionQuery);
  const isKnown = data?.authenticated ?? false;
  const isStaff = data ? isStaffSession(data) : false;
  return (
    <Link
      href={isKnown ? (isStaff ? "/staff" : "/cases") : "/sign-in"}
      prefetch={false}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-field px-2 font-medium text-primary hover:bg-primary-soft"
    >
      <CircleUser aria-hidden className="size-5" />
      {t(isKnown ? (isStaff ? "staffArea" : "myArea") : "signIn")}
    </Link>
  );
};
