import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../staff-messages";
import { PersonScreen } from "./person-screen";

// The name is told by the page itself: a title is fetched without the reader's session.
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffPeople"))("one"),
});

const StaffPersonPage = async ({ params }: { params: Promise<{ personId: string }> }) => (
  <StaffMessages of={["staffPeople", "viewAs", "staffDataRequests", "securityLog"]}>
    <PersonScreen personId={(await params).personId} />
  </StaffMessages>
);

export default StaffPersonPage;
