"use client";

import { SecurityPage } from "@/features/account-security/components/security-page";
import { useRouter } from "@/lib/i18n/navigation";

export const SecurityScreen = ({ outsideFailed }: { outsideFailed: boolean }) => {
  const router = useRouter();
  return <SecurityPage outsideFailed={outsideFailed} onSignedOut={() => router.replace("/sign-in")} />;
};
