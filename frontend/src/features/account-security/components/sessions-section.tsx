"use client";

import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { OpenSession } from "@/api/identity";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Loaded } from "@/components/loaded";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useEndAllSessions, useEndSession, useForgetDevices } from "../mutations";
import { sessionsQuery } from "../queries";
import { RowItem, RowList, Section } from "./section";

const SessionRow = ({ session }: { session: OpenSession }) => {
  const t = useTranslations("security.sessions");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const end = useEndSession();
  const device = session.device || t("unknownDevice");
  const Icon = session.kind === "app" ? Smartphone : Monitor;
  return (
    <RowItem
      icon={<Icon className="size-5" />}
      title={session.kind === "app" ? t("app", { device }) : device}
      mark={session.is_current && <Badge tone="primary">{t("current")}</Badge>}
      actions={
        !session.is_current && (
          <Button
            variant="secondary"
            busy={end.isPending}
            aria-label={t("endNamed", { device, when: formatDateTime(session.last_seen_at, locale) })}
            onClick={() =>
              end.mutate(session.id, {
                onSuccess: () => toast.show("success", t("ended")),
                onError: (error) => toast.show("danger", describe(error)),
              })
            }
          >
            {t("end")}
          </Button>
        )
      }
    >
      {t("lastSeen", { when: formatDateTime(session.last_seen_at, locale) })}
      {session.ip && `, ${t("ip", { ip: session.ip })}`}
      <br />
      {t("since", { when: formatDateTime(session.created_at, locale) })}
    </RowItem>
  );
};

interface EndAllProps {
  keepsCurrent: boolean;
  onSignedOut: () => void;
  onClose: () => void;
}

const EndAll = ({ keepsCurrent, onSignedOut, onClose }: EndAllProps) => {
  const t = useTranslations(keepsCurrent ? "security.sessions.endOthers" : "security.sessions.endAll");
  const toast = useToast();
  const end = useEndAllSessions(onSignedOut);
  return (
    <ConfirmDialog
      title={t("title")}
      submitLabel={t("submit")}
      danger
      busy={end.isPending}
      error={end.error}
      onConfirm={() =>
        end.mutate(keepsCurrent, {
          onSuccess: () => {
            toast.show("success", t("done"));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>{t("text")}</p>
    </ConfirmDialog>
  );
};

const TrustedDevices = () => {
  const t = useTranslations("security.trusted");
  const toast = useToast();
  const describe = useProblemText();
  const forget = useForgetDevices();
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4 sm:flex-row sm:items-center sm:justify-between sm:gap-4">
      <div className="min-w-0">
        <h3 className="font-medium">{t("title")}</h3>
        <p className="measure text-sm text-muted">{t("text")}</p>
      </div>
      <Button
        variant="secondary"
        busy={forget.isPending}
        className="shrink-0 self-start sm:self-auto"
        onClick={() =>
          forget.mutate(undefined, {
            onSuccess: () => toast.show("success", t("done")),
            onError: (error) => toast.show("danger", describe(error)),
          })
        }
      >
        {t("forget")}
      </Button>
    </div>
  );
};

/** Where the account is open now, and how to close it elsewhere. */
export const SessionsSection = ({ onSignedOut }: { onSignedOut: () => void }) => {
  const t = useTranslations("security.sessions");
  const query = useQuery(sessionsQuery);
  const hasOthers = (query.data?.items.length ?? 0) > 1;
  const [ending, setEnding] = useState<"others" | "all" | null>(null);
  return (
    <Section id="security-sessions" title={t("title")} lead={t("text")}>
      <Loaded query={query} shapes={["h-16", "h-16"]}>
        {({ items }) => (
          <RowList label={t("title")}>
            {items.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </RowList>
        )}
      </Loaded>
      <div className="flex flex-col gap-2 sm:flex-row">
        {hasOthers && (
          <Button variant="secondary" onClick={() => setEnding("others")}>
            {t("endOthers.open")}
          </Button>
        )}
        <Button variant={hasOthers ? "quiet" : "secondary"} onClick={() => setEnding("all")}>
          {t("endAll.open")}
        </Button>
      </div>
      <TrustedDevices />
      {ending && (
        <EndAll
          keepsCurrent={ending === "others"}
          onSignedOut={onSignedOut}
          onClose={() => setEnding(null)}
        />
      )}
    </Section>
  );
};
