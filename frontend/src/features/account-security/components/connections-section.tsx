"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { Connection } from "@/api/identity";
import type { Session } from "@/api/types";
import { Loaded } from "@/components/loaded";
import { ProblemAlert } from "@/components/problem-alert";
import { ProviderForm } from "@/components/provider-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";
import { useEnsureProof } from "@/lib/use-ensure-proof";

import { useRemoveConnection } from "../mutations";
import { connectionsQuery } from "../queries";
import { RemovalDialog } from "./removal-dialog";
import { RowItem, RowList, Section } from "./section";

const RemoveConnection = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const remove = useRemoveConnection();
  return (
    <RemovalDialog
      of="connections"
      name={connection.provider_name}
      removal={remove}
      onConfirm={(options) => remove.mutate(connection.id, options)}
      onClose={onClose}
    />
  );
};

interface ConnectionsSectionProps {
  providers: Session["sign_in"]["providers"];
  /** What the provider said when the browser came back from it without success. */
  failed: boolean;
}

/** Accounts elsewhere that open this one. Not shown where no provider is set up and none is connected. */
export const ConnectionsSection = ({ providers, failed }: ConnectionsSectionProps) => {
  const t = useTranslations("security.connections");
  const locale = useLocale();
  const query = useQuery(connectionsQuery);
  const [removing, setRemoving] = useState<Connection | null>(null);
  const ensureProof = useEnsureProof();
  const [formError, setFormError] = useState<unknown>(null);
  if (providers.length === 0 && (query.data?.items.length ?? 0) === 0) return null;
  const connected = new Set(query.data?.items.map((item) => item.provider));
  const others = providers.filter(({ id }) => !connected.has(id));
  return (
    <Section id="security-connections" title={t("title")} lead={t("text")}>
      {failed && (
        <Alert tone="danger" live>
          {t("failed")}
        </Alert>
      )}
      <ProblemAlert error={formError} />
      <Loaded query={query} shapes={["h-16"]}>
        {({ items }) =>
          items.length > 0 && (
            <RowList label={t("title")}>
              {items.map((connection) => (
                <RowItem
                  key={connection.id}
                  icon={<Link2 className="size-5" />}
                  title={connection.provider_name}
                  actions={
                    <Button
                      variant="secondary"
                      aria-label={`${t("remove.open")}: ${connection.provider_name}`}
                      onClick={() => setRemoving(connection)}
                    >
                      {t("remove.open")}
                    </Button>
                  }
                >
                  {connection.label && <p className="break-all">{connection.label}</p>}
                  <p>{t("since", { date: formatDate(connection.connected_at, locale) })}</p>
                </RowItem>
              ))}
            </RowList>
          )
        }
      </Loaded>
      {others.length > 0 && (
        <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
          {others.map(({ id, name }) => (
            <ProviderForm
              key={id}
              provider={id}
              process="connect"
              callbackUrl={`/${locale}/account/security?outside=1`}
              mayLeave={ensureProof}
              onError={setFormError}
            >
              {(busy) => (
                <Button type="submit" variant="secondary" busy={busy}>
                  {t("connect", { name })}
                </Button>
              )}
            </ProviderForm>
          ))}
        </div>
      )}
      {removing && <RemoveConnection connection={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
};
