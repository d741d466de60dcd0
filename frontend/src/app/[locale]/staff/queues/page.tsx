import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { QueuesScreen } from "./queues-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffQueues"))("title"),
});

const StaffQueuesPage = () => (
  <StaffMessages of={["staffQueues"]}>
    <QueuesScreen />
  </StaffMessages>
);

export default StaffQueuesPage;
