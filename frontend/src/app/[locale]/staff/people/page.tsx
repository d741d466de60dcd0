import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { PeopleList } from "@/features/staff-people/components/people-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffPeople"))("title"),
});

const StaffPeoplePage = () => (
  <StaffMessages of={["staffPeople"]}>
    <PeopleList />
  </StaffMessages>
);

export default StaffPeoplePage;
