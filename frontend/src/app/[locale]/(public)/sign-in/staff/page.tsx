import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { toLocale } from "@/lib/i18n/locales";
import { Link } from "@/lib/i18n/navigation";
import { publicSession } from "@/lib/public-session";

import { readSignInQuery, type SignInQuery } from "../sign-in-query";
import { SignInScreen } from "../sign-in-screen";

interface PageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<SignInQuery>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signIn"))("staffTitle"),
});

const linkStyles = "inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4";

const StaffSignInPage = async ({ params, searchParams }: PageProps) => {
  const t = await getTranslations("signIn");
  const { next, outside } = readSignInQuery(await searchParams);
  const session = await publicSession(toLocale((await params).locale));
  const suffix = next ? `?next=${encodeURIComponent(next)}` : "";
  return (
    <ClientMessages namespaces={["common", "problems", "states", "signIn", "eds"]}>
      <div className="mx-auto flex max-w-lg flex-col gap-6 px-4 py-8 sm:py-16">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("staffTitle")}</h1>
          <p>{t("staffText")}</p>
        </div>
        <SignInScreen
          way="password"
          next={next}
          outside={outside}
          ways={session.ok ? session.data.sign_in : null}
        />
        <ul className="flex flex-col border-t border-line pt-4">
          <li>
            <Link href="/recover" prefetch={false} className={linkStyles}>
              {t("forgot")}
            </Link>
          </li>
          <li>
            <Link href={`/sign-in${suffix}`} prefetch={false} className={linkStyles}>
              {t("toPhone")}
            </Link>
          </li>
        </ul>
      </div>
    </ClientMessages>
  );
};

export default StaffSignInPage;
