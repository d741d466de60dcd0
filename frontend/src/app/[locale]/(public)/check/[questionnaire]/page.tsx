import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";

import type { components } from "@/api/schema";
import { ClientMessages } from "@/components/client-messages";
import { Link } from "@/lib/i18n/navigation";
import { toLocale } from "@/lib/i18n/locales";
import { fetchPublic } from "@/lib/server-api";

import { CheckScreen } from "./check-screen";

interface SheetPageProps {
  params: Promise<{ locale: string; questionnaire: string }>;
}

const sheetOf = async ({ params }: SheetPageProps) => {
  const { locale: code, questionnaire } = await params;
  const locale = toLocale(code);
  const path = `/eligibility/${encodeURIComponent(questionnaire)}/`;
  return fetchPublic<components["schemas"]["EligibilityQuestionnaire"]>(path, { locale });
};

export const generateMetadata = async (props: SheetPageProps): Promise<Metadata> => {
  const answer = await sheetOf(props);
  return { title: answer.ok ? answer.data.title : (await getTranslations("eligibility"))("listTitle") };
};

const SheetPage = async (props: SheetPageProps) => {
  const { locale, questionnaire } = await props.params;
  setRequestLocale(toLocale(locale));
  const t = await getTranslations("eligibility");
  const answer = await sheetOf(props);
  if (!answer.ok && answer.status === 404) notFound();
  return (
    <ClientMessages namespaces={["common", "problems", "states", "eligibility"]}>
      <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 sm:py-12">
        <Link href="/check" className="self-start text-primary hover:underline">
          {t("toAll")}
        </Link>
        {answer.ok && (
          <div className="flex flex-col gap-2">
            <h1 className="text-xl font-bold sm:text-2xl">{answer.data.title}</h1>
            <p className="measure text-muted">{answer.data.intro}</p>
          </div>
        )}
        <CheckScreen code={questionnaire} />
      </div>
    </ClientMessages>
  );
};

export default SheetPage;
