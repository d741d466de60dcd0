"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDate } from "@/lib/format";
import { Link, useRouter } from "@/lib/i18n/navigation";
import { useHydrated } from "@/lib/use-hydrated";
import { hasCode } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";
import { useProblemText } from "@/lib/use-problem-text";

import { lookAtOffer, type PartyOffer, useAnswerOffer } from "../invitations";
import { forgetOfferToken, takeOfferToken } from "../offer-token";

// Who has a desk works on the case there; everybody else reads it among the own cases.
const AT_DESK = ["lawyer", "mediator", "notary", "ombudsman_officer"];

const OfferFacts = ({ offer }: { offer: PartyOffer }) => {
  const t = useTranslations("join");
  const locale = useLocale();
  const facts = [
    [t("role"), offer.role_label],
    [t("borrower"), offer.borrower_name],
    [t("invitedBy"), offer.invited_by],
    ...(offer.creditor_name
      ? [[t("debt"), t("debtText", { creditor: offer.creditor_name, ending: offer.contract_ending ?? "" })]]
      : []),
    [t("until"), formatDate(offer.expires_at, locale)],
  ];
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[11rem_1fr]">
      {facts.map(([name, text]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
};

const Offer = ({ token }: { token: string }) => {
  const t = useTranslations("join");
  const common = useTranslations("common");
  const describe = useProblemText();
  const router = useRouter();
  const look = useQuery({
    queryKey: ["join", token],
    queryFn: () => lookAtOffer(token),
    retry: false,
    gcTime: 0,
  });
  const answer = useAnswerOffer(token);
  const failed = look.error ?? answer.error;
  const reply = (accepts: boolean) =>
    answer.mutate(accepts, {
      onSuccess: (party) => {
        forgetOfferToken();
        if (!party) return;
        router.replace(`${AT_DESK.includes(party.role) ? "/desk" : ""}/cases/${party.case_id}`);
      },
    });
  if (answer.isSuccess && answer.data === null) {
    return (
      <Alert tone="info" live title={t("declinedTitle")}>
        {t("declinedText")}
      </Alert>
    );
  }
  if (look.error || !look.data) {
    if (failed) {
      return (
        <Alert tone="warning" live title={t("cannotTitle")}>
          <p>{describe(failed)}</p>
          {hasCode(failed, "party_invitation.other_person") && (
            <Link href="/account" className="underline">
              {t("toAccount")}
            </Link>
          )}
        </Alert>
      );
    }
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-48" />
      </Loading>
    );
  }
  return (
    <Card className="flex flex-col gap-4">
      <OfferFacts offer={look.data} />
      <p className="measure">{t(look.data.sees === "one_debt" ? "seesDebt" : "seesCase")}</p>
      {answer.error && (
        <Alert tone="danger" live>
          {describe(answer.error)}
        </Alert>
      )}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button size="large" busy={answer.isPending && answer.variables} onClick={() => reply(true)}>
          {t("accept")}
        </Button>
        <Button
          size="large"
          variant="secondary"
          busy={answer.isPending && !answer.variables}
          onClick={() => reply(false)}
        >
          {t("decline")}
        </Button>
      </div>
    </Card>
  );
};

/** The page of a link into a case: shows nothing before one has signed in, then what is offered, masked. */
export const JoinOffer = () => {
  const t = useTranslations("join");
  const common = useTranslations("common");
  const isHydrated = useHydrated();
  const { data: session } = useQuery(sessionQuery);
  const token = isHydrated ? takeOfferToken() : null;
  if (!isHydrated || !session) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-48" />
      </Loading>
    );
  }
  if (token === null) return <Alert tone="warning">{t("noToken")}</Alert>;
  if (!session.user) {
    return (
      <Card className="flex flex-col gap-4">
        <p className="measure">{t("signInText")}</p>
        <Link
          href="/sign-in?next=/join"
          className={buttonStyles({ size: "large", className: "sm:self-start" })}
        >
          {t("signIn")}
        </Link>
      </Card>
    );
  }
  return <Offer token={token} />;
};
