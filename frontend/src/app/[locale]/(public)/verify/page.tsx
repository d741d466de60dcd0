import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ClientMessages } from "@/components/client-messages";
import { UploadForm } from "@/features/verify/components/upload-form";
import { Link } from "@/lib/i18n/navigation";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("verify"))("title"),
});

const VerifyPage = async () => {
  const t = await getTranslations("verify");
  const offline = await getTranslations("signatureCheck.offline");
  return (
    <ClientMessages namespaces={["common", "problems", "verify", "signatureCheck", "signatureReasons"]}>
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:py-12">
        <div className="flex flex-col gap-2">
          <h1 className="text-xl font-bold sm:text-2xl">{t("title")}</h1>
          <p className="measure">{t("lead")}</p>
        </div>
        <UploadForm />
        <p className="print-hidden border-t border-line pt-4">
          <Link href="/verify/offline" className="font-medium text-primary underline underline-offset-4">
            {offline("link")}
          </Link>
        </p>
      </div>
    </ClientMessages>
  );
};

export default VerifyPage;
