"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";

import { isHeldBack, sessionQuery } from "@/lib/session";

import { ConnectionsSection } from "./connections-section";
import { FactorsSection } from "./factors-section";
import { ProgramsSection } from "./programs-section";
import { SessionsSection } from "./sessions-section";
import { SignInSection } from "./sign-in-section";

const EdsSection = dynamic(() => import("./eds-section").then((found) => found.EdsSection), { ssr: false });

interface SecurityPageProps {
  outsideFailed: boolean;
  onSignedOut: () => void;
}

/** Everything that guards one account. Staff without a second factor see nothing but what lets them set it up. */
export const SecurityPage = ({ outsideFailed, onSignedOut }: SecurityPageProps) => {
  const { data: session } = useQuery(sessionQuery);
  if (!session?.user) return null;
  if (isHeldBack(session)) return <FactorsSection />;
  return (
    <>
      <SignInSection user={session.user} />
      {session.sign_in.eds && <EdsSection />}
      <FactorsSection />
      <SessionsSection onSignedOut={onSignedOut} />
      <ConnectionsSection providers={session.sign_in.providers} failed={outsideFailed} />
      <ProgramsSection />
    </>
  );
};
