import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "@/app/[locale]/staff/staff-messages";
import { PageHead } from "@/components/desk/page-head";
import { MySignatures } from "@/features/signers/components/my-signatures";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("signers.mine"))("title"),
});

const SignaturesPage = async () => {
  const t = await getTranslations("signers.mine");
  return (
    <StaffMessages of={["signers"]}>
      <div className="flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
        <PageHead title={t("title")} lead={t("lead")} />
        <MySignatures isPage />
      </div>
    </StaffMessages>
  );
};

export default SignaturesPage;
