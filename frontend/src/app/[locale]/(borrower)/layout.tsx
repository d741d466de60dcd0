import type { ReactNode } from "react";

import { BorrowerShell } from "@/components/borrower-shell";
import { ClientMessages } from "@/components/client-messages";

const BorrowerLayout = ({ children }: { children: ReactNode }) => (
  <ClientMessages
    namespaces={[
      "common",
      "nav",
      "problems",
      "states",
      "cases",
      "documents",
      "parties",
      "procedures",
      "caseExport",
      "caseIntake",
    ]}
  >
    <BorrowerShell>{children}</BorrowerShell>
  </ClientMessages>
);

export default BorrowerLayout;
