"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";

import type { Authorization, ConsentScope } from "@/api/identity";
import { Loaded } from "@/components/loaded";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { hasCode } from "@/lib/problem";

import { useAuthorize } from "../mutations";
import { authorizationQuery } from "../queries";

interface ConsentProps {
  /** What the program asks, as it stands in the address. */
  query: string;
  /** Takes the browser back to the program. */
  leave: (address: string) => void;
}

const Scope = ({ scope, marksNew }: { scope: ConsentScope; marksNew: boolean }) => {
  const t = useTranslations("oauthConsent");
  return (
    <li className="flex gap-3">
      <Check aria-hidden className="mt-0.5 size-5 shrink-0 text-primary" />
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
          {scope.label}
          {marksNew && scope.new && <Badge tone="warning">{t("new")}</Badge>}
        </p>
        <p className="text-sm text-muted">{scope.explanation}</p>
      </div>
    </li>
  );
};

const Question = ({ asked, query, leave }: ConsentProps & { asked: Authorization }) => {
  const t = useTranslations("oauthConsent");
  const answer = useAuthorize(query, leave);
  const { name, organisation_name } = asked.client;
  // Only worth a mark when something was allowed before.
  const marksNew = asked.scopes.some((scope) => !scope.new);
  const isBusy = answer.isPending || answer.isSuccess;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="text-xl font-bold sm:text-2xl">{t("title", { name })}</h1>
        <p className="measure">
          {organisation_name ? t("of", { name, organisation: organisation_name }) : t("unknown", { name })}
        </p>
      </div>
      <Card className="flex flex-col gap-4">
        <h2 className="font-semibold">{t("wants")}</h2>
        <ul className="flex flex-col gap-4">
          {asked.scopes.map((scope) => (
            <Scope key={scope.code} scope={scope} marksNew={marksNew} />
          ))}
        </ul>
      </Card>
      <p className="measure text-muted">{t("account", { name: asked.account.full_name })}</p>
      <ProblemAlert error={answer.error} />
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button
          size="large"
          busy={isBusy && answer.variables === true}
          disabled={isBusy && answer.variables === false}
          onClick={() => answer.mutate(true)}
        >
          {t("allow")}
        </Button>
        <Button
          variant="secondary"
          size="large"
          busy={isBusy && answer.variables === false}
          disabled={isBusy && answer.variables === true}
          onClick={() => answer.mutate(false)}
        >
          {t("deny")}
        </Button>
      </div>
      <p className="measure text-sm text-muted">{t("takeBack")}</p>
    </div>
  );
};

/** The program asked in a way that cannot be trusted: nobody is sent anywhere. */
export const BadRequest = () => {
  const t = useTranslations("oauthConsent");
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-bold sm:text-2xl">{t("badTitle")}</h1>
      <Alert tone="danger" live>
        <p>{t("badText")}</p>
      </Alert>
    </div>
  );
};

/** A program of others asks to act for the person: who it is, what it could do, yes or no with equal ease. */
export const Consent = ({ query, leave }: ConsentProps) => {
  const asked = useQuery(authorizationQuery(query));
  if (hasCode(asked.error, "oauth.bad_request", "validation")) return <BadRequest />;
  return (
    <Loaded query={asked} shapes={["h-16", "h-48", "h-12"]}>
      {(data) => <Question asked={data} query={query} leave={leave} />}
    </Loaded>
  );
};
