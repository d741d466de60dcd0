import { getTranslations, setRequestLocale } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { buttonStyles } from "@/components/ui/button";
import {
  Contacts,
  FreeWays,
  HowItWorks,
  RightsInvitation,
  VerifyInvitation,
} from "@/features/home/components/sections";
import { Calculator } from "@/features/law-terms/components/calculator";
import { Link } from "@/lib/i18n/navigation";
import { toLocale } from "@/lib/i18n/locales";

interface HomeProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

const HomePage = async ({ params, searchParams }: HomeProps) => {
  const locale = toLocale((await params).locale);
  setRequestLocale(locale);
  const query = await searchParams;
  const t = await getTranslations("home");
  return (
    <ClientMessages namespaces={["common", "terms"]}>
      <div className="mx-auto flex max-w-5xl flex-col gap-12 px-4 py-6 sm:py-12">
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_1.1fr] lg:gap-12">
          <div className="flex flex-col gap-4 lg:sticky lg:top-8">
            <h1 className="text-xl font-bold sm:text-2xl lg:text-3xl">{t("title")}</h1>
            <p className="measure sm:text-lg">{t("lead")}</p>
            <p className="measure text-muted">{t("freeLead")}</p>
            <Link href="/apply" className={buttonStyles({ size: "large", className: "sm:self-start" })}>
              {t("apply")}
            </Link>
          </div>
          <Calculator locale={locale} event={single(query.event)} date={single(query.date)} />
        </div>
        <HowItWorks />
        <FreeWays />
        <RightsInvitation />
        <VerifyInvitation />
        <Contacts email={process.env.CONTACT_EMAIL} phone={process.env.CONTACT_PHONE} />
      </div>
    </ClientMessages>
  );
};

export default HomePage;
