import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { ClientMessages } from "@/components/client-messages";
import { FocusedShell } from "@/components/focused-shell";

import { ConsentScreen } from "./consent-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("oauthConsent"))("metaTitle"),
  robots: { index: false, follow: false },
});

const ConsentPage = () => (
  <FocusedShell>
    <ClientMessages namespaces={["common", "nav", "problems", "states", "oauthConsent"]}>
      <Suspense>
        <ConsentScreen />
      </Suspense>
    </ClientMessages>
  </FocusedShell>
);

export default ConsentPage;
