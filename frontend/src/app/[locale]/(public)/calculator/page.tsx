import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { EarlyCalculator } from "@/features/calculator/components/early-calculator";
import { ScheduleCalculator } from "@/features/calculator/components/schedule-calculator";
import { toLocale } from "@/lib/i18n/locales";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("calculator");
  return { title: t("title"), description: t("lead") };
};

const CalculatorPage = async ({ params }: { params: Promise<{ locale: string }> }) => {
  setRequestLocale(toLocale((await params).locale));
  const t = await getTranslations("calculator");
  return (
    <ClientMessages namespaces={["common", "problems", "schedules", "calculator"]}>
      <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-6 sm:py-12">
        <div className="flex flex-col gap-3">
          <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
          <p className="measure">{t("lead")}</p>
        </div>
        <ScheduleCalculator />
        <EarlyCalculator />
      </div>
    </ClientMessages>
  );
};

export default CalculatorPage;
