import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "@/app/[locale]/staff/staff-messages";
import { PageHead } from "@/components/desk/page-head";
import { MentionList } from "@/features/staff-mentions/components/mention-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffMentions"))("title"),
});

const MentionsPage = async () => {
  const t = await getTranslations("staffMentions");
  return (
    <StaffMessages of={["staffMentions"]}>
      <div className="flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
        <PageHead title={t("title")} lead={t("lead")} />
        <MentionList />
      </div>
    </StaffMessages>
  );
};

export default MentionsPage;
