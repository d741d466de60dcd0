import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import type { Verification } from "@/api/types";
import { ClientMessages } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { Verdict } from "@/features/verify/components/verdict";
import { toLocale } from "@/lib/i18n/locales";
import { Link } from "@/lib/i18n/navigation";
import { fetchPublic } from "@/lib/server-api";

interface PageProps {
  params: Promise<{ locale: string; token: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("verify"))("resultTitle"),
  robots: { index: false },
});

const NotShown = async ({ isUnknown, retry }: { isUnknown: boolean; retry: string }) => {
  const t = await getTranslations("verify");
  return isUnknown ? (
    <Alert tone="warning" title={t("unknownToken.title")}>
      {t("unknownToken.text")}
    </Alert>
  ) : (
    <Alert tone="danger" title={t("unavailable.title")}>
      <p>{t("unavailable.text")}</p>
      <p>
        <a href={retry} className={buttonStyles({ variant: "secondary" })}>
          {t("unavailable.retry")}
        </a>
      </p>
    </Alert>
  );
};

const VerifyTokenPage = async ({ params }: PageProps) => {
  const { locale: language, token } = await params;
  const locale = toLocale(language);
  const t = await getTranslations("verify");
  const answer = await fetchPublic<Verification>(`/verify/${encodeURIComponent(token)}/`, { locale });
  return (
    <ClientMessages namespaces={["common", "verify"]}>
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:py-12">
        <h1 className="text-xl font-bold sm:text-2xl">{t("resultTitle")}</h1>
        {answer.ok ? (
          <Verdict result={answer.data} />
        ) : (
          <NotShown
            isUnknown={answer.status === 404}
            retry={`/${locale}/verify/${encodeURIComponent(token)}`}
          />
        )}
        <p className="print-hidden measure border-t border-line pt-4">
          {t("haveFile")}{" "}
          <Link href="/verify" className="font-medium text-primary underline underline-offset-4">
            {t("uploadLink")}
          </Link>
        </p>
      </div>
    </ClientMessages>
  );
};

export default VerifyTokenPage;
