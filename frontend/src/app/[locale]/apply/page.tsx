import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { ClientMessages } from "@/components/client-messages";
import { FocusedShell } from "@/components/focused-shell";

import { ApplyScreen } from "./apply-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("apply"))("metaTitle"),
});

const ApplyPage = () => (
  <FocusedShell>
    <ClientMessages namespaces={["common", "problems", "states", "signIn", "apply"]}>
      <Suspense>
        <ApplyScreen />
      </Suspense>
    </ClientMessages>
  </FocusedShell>
);

export default ApplyPage;
