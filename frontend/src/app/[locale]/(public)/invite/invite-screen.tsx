"use client";

import { Invite } from "@/features/invite/components/invite";
import { landingOf } from "@/features/sign-in/landing";
import { useRouter } from "@/lib/i18n/navigation";

export const InviteScreen = () => {
  const router = useRouter();
  return <Invite onDone={(session) => router.replace(landingOf(session, null))} />;
};
