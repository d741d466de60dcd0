import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";

import { ClientMessages } from "@/components/client-messages";
import { KeepLanguage } from "@/components/keep-language";
import { LanguageSwitch } from "@/components/language-switch";
import { StaffGate } from "@/features/staff-shell/components/staff-gate";
import { StaffRail } from "@/features/staff-shell/components/staff-rail";

import { StaffPalette } from "./staff-palette";

export const metadata: Metadata = { robots: { index: false, follow: false } };

const StaffLayout = ({ children }: { children: ReactNode }) => {
  return (
    <ClientMessages
      namespaces={["common", "nav", "problems", "states", "staff", "staffNav", "palette", "caseList"]}
    >
      <div className="flex min-h-dvh flex-col text-sm md:flex-row">
        <StaffRail />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col">
          <Suspense>
            <StaffGate>
              {children}
              <StaffPalette />
            </StaffGate>
          </Suspense>
          <KeepLanguage>
            <LanguageSwitch className="mt-auto justify-center border-t border-line bg-surface py-1 md:hidden" />
          </KeepLanguage>
        </main>
      </div>
    </ClientMessages>
  );
};

export default StaffLayout;
