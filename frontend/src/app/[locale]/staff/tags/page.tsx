import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { TagListPage } from "@/features/staff-tags/components/tag-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffTags"))("title"),
});

const StaffTagsPage = () => (
  <StaffMessages of={["staffTags"]}>
    <TagListPage />
  </StaffMessages>
);

export default StaffTagsPage;
