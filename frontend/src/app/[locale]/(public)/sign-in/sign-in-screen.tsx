"use client";

import type { Session } from "@/api/types";
import { PasswordSignIn } from "@/features/sign-in/components/password-sign-in";
import { PhoneSignIn } from "@/features/sign-in/components/phone-sign-in";
import { useRouter } from "@/lib/i18n/navigation";
import { isStaffSession } from "@/lib/session";

interface SignInScreenProps {
  way: "phone" | "password";
  next: string | null;
}

export const SignInScreen = ({ way, next }: SignInScreenProps) => {
  const router = useRouter();
  const enter = (session: Session) => router.replace(next ?? (isStaffSession(session) ? "/staff" : "/cases"));
  return way === "phone" ? <PhoneSignIn onDone={enter} /> : <PasswordSignIn onDone={enter} />;
};
