"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { sessionQuery } from "@/lib/session";

import { useBeginForPrincipal } from "../../for-principal";

/** A representative who may act begins, or goes on with, the application of whom he represents. */
export const BeginForPrincipal = ({ onBegun }: { onBegun: (caseId: string) => void }) => {
  const t = useTranslations("caseIntake.principal");
  const locale = useLocale();
  const { data: session } = useQuery(sessionQuery);
  const begin = useBeginForPrincipal(locale, onBegun);
  const principals = (session?.user?.represents ?? []).filter((power) => power.scope.includes("act"));
  if (principals.length === 0) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      {principals.map((power) => (
        <Button
          key={power.power_id}
          variant="secondary"
          busy={begin.isPending && begin.variables === power.principal_id}
          onClick={() => begin.mutate(power.principal_id)}
        >
          {t("begin", { name: power.principal_name || t("noName") })}
        </Button>
      ))}
      <ProblemAlert error={begin.error} />
    </div>
  );
};
