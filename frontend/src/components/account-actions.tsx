import { CircleUser } from "lucide-react";
import { getTranslations } from "next-intl/server";

import { KeepLanguage } from "@/components/keep-language";
import { LanguageSwitch } from "@/components/language-switch";
import { SignOutButton } from "@/components/sign-out-button";
import { Link } from "@/lib/i18n/navigation";

/** The end of a header for people who are signed in: their account, the way out, the language. */
export const AccountActions = async () => {
  const t = await getTranslations("nav");
  return (
    <div className="flex items-center">
      <Link
        href="/account"
        prefetch={false}
        className="inline-flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded-field px-2 font-medium text-primary hover:bg-primary-soft"
      >
        <CircleUser aria-hidden className="size-5" />
        <span className="max-sm:sr-only">{t("account")}</span>
      </Link>
      <SignOutButton />
      <KeepLanguage>
        <LanguageSwitch />
      </KeepLanguage>
    </div>
  );
};
