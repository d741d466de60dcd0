"use client";

import { SetupWizard } from "@/features/second-factor/components/setup-wizard";
import type { Way } from "@/features/second-factor/components/way-choice";
import { useRouter } from "@/lib/i18n/navigation";
import { goOn } from "@/lib/next-address";

export const SecondFactorScreen = ({ next, way }: { next: string | null; way: Way | null }) => {
  const router = useRouter();
  return (
    <SetupWizard initialWay={way} onFinished={() => goOn(next ?? "/account/security", router.replace)} />
  );
};
