import type { ReactNode } from "react";

import { BorrowerShell } from "@/components/borrower-shell";
import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";

/** Pages add the texts that they alone need: every page carries what stands here. */
const BorrowerLayout = ({ children }: { children: ReactNode }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "cases", "parties"]}>
    <BorrowerShell>{children}</BorrowerShell>
  </ClientMessages>
);

export default BorrowerLayout;
