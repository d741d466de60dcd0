import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { RuleList } from "@/features/staff-retention/components/rule-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("retention"))("title"),
});

const StaffRetentionPage = () => (
  <StaffMessages of={["retention"]}>
    <RuleList />
  </StaffMessages>
);

export default StaffRetentionPage;
