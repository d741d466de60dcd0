"use client";

import { useQuery } from "@tanstack/react-query";
import { FileSignature } from "lucide-react";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

import { powersQuery } from "../queries";
import type { Power } from "../types";
import { PowerCard } from "./power-card";

const GiveLink = ({ label }: { label: string }) => (
  <Link href="/account/powers/new" className={buttonStyles({ variant: "primary" })}>
    {label}
  </Link>
);

const Side = ({
  title,
  side,
  powers,
}: {
  title: string;
  side: "given" | "received";
  powers: readonly Power[];
}) =>
  powers.length === 0 ? null : (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {powers.map((power) => (
        <PowerCard key={power.id} power={power} side={side} />
      ))}
    </section>
  );

export const PowersScreen = () => {
  const t = useTranslations("powers");
  const query = useQuery(powersQuery);
  return (
    <Loaded query={query} shapes={["h-12 w-56", "h-52", "h-52"]}>
      {({ given, received }) =>
        given.length + received.length === 0 ? (
          <EmptyState
            icon={<FileSignature className="size-6" />}
            title={t("emptyTitle")}
            text={t("emptyText")}
          >
            <GiveLink label={t("give")} />
          </EmptyState>
        ) : (
          <div className="flex flex-col gap-6">
            <div>
              <GiveLink label={t("give")} />
            </div>
            <Side title={t("given")} side="given" powers={given} />
            <Side title={t("received")} side="received" powers={received} />
          </div>
        )
      }
    </Loaded>
  );
};
