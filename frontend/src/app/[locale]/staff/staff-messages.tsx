import type { ComponentProps, ReactNode } from "react";

import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";

type Namespace = ComponentProps<typeof ClientMessages>["namespaces"][number];

/** The texts of one working page, beside those that every such page needs. */
export const StaffMessages = ({ of, children }: { of: readonly Namespace[]; children: ReactNode }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "desk", ...of]}>{children}</ClientMessages>
);
