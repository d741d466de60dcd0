import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { WorkShell } from "@/components/work-shell";
import { DeskNav } from "@/features/specialist-desk/components/desk-nav";

export const metadata: Metadata = { robots: { index: false, follow: false } };

const DeskLayout = async ({ children }: { children: ReactNode }) => {
  const t = await getTranslations("specialistDesk.nav");
  return (
    <ClientMessages
      namespaces={[
        ...SHELL_NAMESPACES,
        "desk",
        "board",
        "specialistDesk",
        "hostTimes",
        "consultations",
        "cases",
        "procedures",
        "documents",
        "parties",
      ]}
    >
      <WorkShell home="/desk" homeLabel={t("home")} nav={<DeskNav />}>
        {children}
      </WorkShell>
    </ClientMessages>
  );
};

export default DeskLayout;
