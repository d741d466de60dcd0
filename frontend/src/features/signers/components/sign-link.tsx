"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { SigningRound } from "@/api/signing";
import { buttonStyles } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/lib/i18n/navigation";

import { roundQuery } from "../queries";

/** Others are asked, or his turn comes later: nothing is to be pressed until then. */
const isForOthers = (round: SigningRound): boolean =>
  round.status === "open" && !round.signers.some((one) => one.is_me && one.is_turn);

/** The way to signing for whom the document waits for; away while it goes round among others. */
export const SignLink = ({ documentId }: { documentId: string }) => {
  const t = useTranslations("signers");
  const { data: round, isPending } = useQuery(roundQuery(documentId));
  if (isPending) return <Skeleton className="h-11 sm:w-56" />;
  if (round && isForOthers(round)) return null;
  return (
    <Link href={`/sign/${documentId}`} className={buttonStyles({ className: "sm:self-start" })}>
      {t("readAndSign")}
    </Link>
  );
};
