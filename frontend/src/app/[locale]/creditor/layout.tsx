import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { ClientMessages, FILE_NAMESPACES, SHELL_NAMESPACES } from "@/components/client-messages";
import { WorkShell } from "@/components/work-shell";
import { RoomNav } from "@/features/creditor-room/components/room-nav";

export const metadata: Metadata = { robots: { index: false, follow: false } };

const CreditorLayout = async ({ children }: { children: ReactNode }) => {
  const t = await getTranslations("room.nav");
  return (
    <ClientMessages
      namespaces={[
        ...SHELL_NAMESPACES,
        ...FILE_NAMESPACES,
        "desk",
        "board",
        "room",
        "offers",
        "procedures",
        "roomMediation",
      ]}
    >
      <WorkShell home="/creditor" homeLabel={t("home")} nav={<RoomNav />}>
        {children}
      </WorkShell>
    </ClientMessages>
  );
};

export default CreditorLayout;
