"use client";

import type { Session } from "@/api/types";
import { OtherWays } from "@/features/sign-in/components/other-ways";
import { OutsideReturn } from "@/features/sign-in/components/outside-return";
import { PasswordSignIn } from "@/features/sign-in/components/password-sign-in";
import { PhoneSignIn } from "@/features/sign-in/components/phone-sign-in";
import { landingOf } from "@/features/sign-in/landing";
import { useRouter } from "@/lib/i18n/navigation";
import { goOn } from "@/lib/next-address";

import type { OutsideAnswer } from "./sign-in-query";

interface SignInScreenProps {
  way: "phone" | "password";
  next: string | null;
  outside: OutsideAnswer | null;
  /** Ways in that this installation knows, so that they stand there from the first moment; null where nobody could say. */
  ways: Session["sign_in"] | null;
}

const PATHS = { phone: "/sign-in", password: "/sign-in/staff" };

export const SignInScreen = ({ way, next, outside, ways }: SignInScreenProps) => {
  const router = useRouter();
  const enter = (session: Session) => goOn(landingOf(session, next), router.replace);
  const query = new URLSearchParams({ outside: "1", ...(next ? { next } : {}) });
  const Form = way === "phone" ? PhoneSignIn : PasswordSignIn;
  const form = (
    <Form onDone={enter}>
      <OtherWays callback={`${PATHS[way]}?${query}`} ways={ways} onDone={enter} />
    </Form>
  );
  if (!outside) return form;
  return (
    <OutsideReturn {...outside} onDone={enter}>
      {form}
    </OutsideReturn>
  );
};
