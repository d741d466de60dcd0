import type { ReactNode } from "react";

import { PublicShell } from "@/components/public-shell";

const PublicLayout = ({ children }: { children: ReactNode }) => <PublicShell>{children}</PublicShell>;

export default PublicLayout;
