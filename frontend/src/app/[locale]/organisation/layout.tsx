import type { Metadata } from "next";
import type { ReactNode } from "react";

import { AccountShell } from "@/components/account-shell";

export const metadata: Metadata = { robots: { index: false, follow: false } };

const OrganisationLayout = ({ children }: { children: ReactNode }) => <AccountShell>{children}</AccountShell>;

export default OrganisationLayout;
