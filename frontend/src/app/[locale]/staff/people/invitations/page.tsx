import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../staff-messages";
import { InvitationScreen } from "./invitation-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffInvitations"))("title"),
});

const StaffPeopleInvitationsPage = () => (
  <StaffMessages of={["staffInvitations"]}>
    <InvitationScreen />
  </StaffMessages>
);

export default StaffPeopleInvitationsPage;
