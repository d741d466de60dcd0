"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";

import { Desk, PageHead } from "@/components/desk/page-head";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useProblemText } from "@/lib/use-problem-text";

import { personQuery } from "../queries";
import type { PersonDetail } from "../types";
import { AccessPanel } from "./access-panel";
import { DuplicateNotes, MembershipsPanel } from "./belonging-panels";
import { HistoryPanel } from "./history-panel";
import { IdentityPanel } from "./identity-panel";
import { PersonStatusBadge } from "./person-status";
import { RolesPanel } from "./roles-panel";

interface PersonPageProps {
  personId: string;
  /** The window that asks why before looking through this person's eyes. */
  renderViewAs: (person: PersonDetail, close: () => void) => ReactNode;
  /** What other features offer for this person. */
  renderMore?: (person: PersonDetail) => ReactNode;
}

const PersonLoading = () => {
  const common = useTranslations("common");
  return (
    <Loading label={common("loading")} className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-80 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </Loading>
  );
};

/** One person: identity, roles, access, organisations, possible doubles and everything that happened to the account. */
export const PersonPage = ({ personId, renderViewAs, renderMore }: PersonPageProps) => {
  const t = useTranslations("staffPeople");
  const describe = useProblemText();
  const viewAs = useTranslations("viewAs.start");
  const [isViewing, setViewing] = useState(false);
  const { data: person, error, refetch } = useQuery(personQuery(personId));

  const name = person ? person.full_name || t("noName") : null;
  useEffect(() => {
    if (name) document.title = `${name} — Kenes Hub`;
  }, [name]);

  if (error && !person) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!person) return <PersonLoading />;
  return (
    <Desk>
      <PageHead
        back={{ href: "/staff/people", label: t("title") }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {name}
            <PersonStatusBadge status={person.status} />
          </span>
        }
        actions={
          <>
            {renderMore?.(person)}
            {person.allowed_actions.includes("view_as") && (
              <Button
                variant="secondary"
                size="dense"
                className="max-sm:min-h-11"
                onClick={() => setViewing(true)}
              >
                <Eye aria-hidden className="size-4" />
                {viewAs("button")}
              </Button>
            )}
          </>
        }
      />
      {error && (
        <Alert tone="warning" live>
          {describe(error)}
        </Alert>
      )}
      <DuplicateNotes person={person} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <IdentityPanel person={person} />
          <RolesPanel person={person} />
          <MembershipsPanel person={person} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AccessPanel person={person} />
          <HistoryPanel personId={person.id} />
        </div>
      </div>
      {isViewing && renderViewAs(person, () => setViewing(false))}
    </Desk>
  );
};
