"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate, formatDateTime } from "@/lib/format";

import { programsQuery, scopesQuery } from "../queries";
import type { Program } from "../types";
import { NewProgramDialog } from "./new-program-dialog";
import { EditProgramDialog, RevokeDialog, RotateDialog } from "./program-dialogs";
import { SecretDialog, type Shown } from "./secret-dialog";

type Action = "edit" | "rotate" | "revoke";

const ProgramCard = ({ program, onAction }: { program: Program; onAction: (action: Action) => void }) => {
  const t = useTranslations("programs");
  const locale = useLocale();
  const { data: scopes } = useQuery(scopesQuery);
  const labels = new Map(scopes?.items.map(({ code, label }) => [code, label]));
  const isRevoked = program.revoked_at !== null;
  // A public program has no secret to change.
  const actions: Action[] =
    program.kind === "confidential" ? ["edit", "rotate", "revoke"] : ["edit", "revoke"];
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h2 className="text-base font-semibold">{program.name}</h2>
        <Badge tone={isRevoked ? "neutral" : "success"} className="text-xs">
          {t(isRevoked ? "off" : "on")}
        </Badge>
      </div>
      <Facts
        items={[
          { label: t("field.clientId"), value: <code className="break-all">{program.client_id}</code> },
          { label: t("field.kind"), value: t(`kind.${program.kind}`) },
          { label: t("field.organisation"), value: program.organisation_name },
          { label: t("field.grants"), value: program.grants.map((grant) => t(`grant.${grant}`)).join(", ") },
          {
            label: t("field.scopes"),
            value: program.scopes.map((scope) => labels.get(scope) ?? scope).join(", "),
          },
          {
            label: t("field.redirectUris"),
            value: program.redirect_uris.map((uri) => (
              <span key={uri} className="block break-all">
                {uri}
              </span>
            )),
          },
          {
            label: t("field.created"),
            value: `${formatDate(program.created_at, locale)}, ${program.created_by_name}`,
          },
          {
            label: t("field.used"),
            value: program.last_used_at ? formatDateTime(program.last_used_at, locale) : t("neverUsed"),
          },
        ]}
      />
      {!isRevoked && (
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          {actions.map((action) => (
            <Button
              key={action}
              variant="secondary"
              size="dense"
              className="max-sm:min-h-11"
              onClick={() => onAction(action)}
            >
              {t(`${action}.button`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
};

type Opened = { kind: "new" } | { kind: "secret"; shown: Shown } | { kind: Action; program: Program };

/** Programs of partners that work with our API. */
export const ProgramList = () => {
  const t = useTranslations("programs");
  const [opened, setOpened] = useState<Opened | null>(null);
  const query = useInfiniteQuery(programsQuery);
  const programs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setOpened(null);
  const show = (shown: Shown) => setOpened({ kind: "secret", shown });
  return (
    <Desk>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <Button size="dense" className="max-sm:min-h-11" onClick={() => setOpened({ kind: "new" })}>
            <Plus aria-hidden className="size-4" />
            {t("new.button")}
          </Button>
        }
      />
      <ListFrame
        query={query}
        count={programs.length}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <ul className="grid items-start gap-3 xl:grid-cols-2">
          {programs.map((program) => (
            <ProgramCard
              key={program.id}
              program={program}
              onAction={(kind) => setOpened({ kind, program })}
            />
          ))}
        </ul>
      </ListFrame>
      {opened?.kind === "new" && <NewProgramDialog onMade={show} onClose={close} />}
      {opened?.kind === "secret" && <SecretDialog shown={opened.shown} onClose={close} />}
      {opened?.kind === "edit" && <EditProgramDialog program={opened.program} onClose={close} />}
      {opened?.kind === "rotate" && <RotateDialog program={opened.program} onShown={show} onClose={close} />}
      {opened?.kind === "revoke" && <RevokeDialog program={opened.program} onClose={close} />}
    </Desk>
  );
};
