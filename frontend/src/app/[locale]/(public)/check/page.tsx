import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import type { components } from "@/api/schema";
import { Alert } from "@/components/ui/alert";
import { Link } from "@/lib/i18n/navigation";
import { toLocale } from "@/lib/i18n/locales";
import { fetchPublic } from "@/lib/server-api";

interface CheckPageProps {
  params: Promise<{ locale: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("eligibility"))("listTitle"),
});

const CheckPage = async ({ params }: CheckPageProps) => {
  const locale = toLocale((await params).locale);
  setRequestLocale(locale);
  const t = await getTranslations("eligibility");
  const answer = await fetchPublic<components["schemas"]["EligibilityList"]>("/eligibility/", { locale });
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:py-12">
      <div className="flex flex-col gap-2">
        <h1 className="text-xl font-bold sm:text-2xl">{t("listTitle")}</h1>
        <p className="measure">{t("listLead")}</p>
      </div>
      {!answer.ok && <Alert tone="warning">{t("unavailable")}</Alert>}
      <ul className="flex flex-col gap-3">
        {(answer.ok ? answer.data.items : []).map((item) => (
          <li key={item.code}>
            <Link
              href={`/check/${item.code}`}
              className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4 hover:bg-primary-soft"
            >
              <span className="text-lg font-semibold text-primary">{item.title}</span>
              <span className="measure">{item.intro}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};

export default CheckPage;
