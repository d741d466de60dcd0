"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";

import { dataRequestsQuery } from "../queries";
import type { DataRequest, DataRequestKind } from "../types";
import { AskCard } from "./ask-card";
import { RequestCard } from "./request-card";

const OPEN: readonly DataRequest["status"][] = ["requested", "approved", "running"];
const KINDS: readonly DataRequestKind[] = ["export", "erasure"];

const isOpen = (request: DataRequest) => OPEN.includes(request.status);

/** What can be done now stands above what is over. */
const isNow = (request: DataRequest) => isOpen(request) || request.allowed_actions.includes("download");

const Requests = ({ title, items }: { title: string; items: readonly DataRequest[] }) =>
  items.length === 0 ? null : (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {items.map((request) => (
        <RequestCard key={request.id} request={request} />
      ))}
    </section>
  );

export const DataRequestsScreen = () => {
  const t = useTranslations("dataRequests");
  const query = useQuery(dataRequestsQuery);
  return (
    <Loaded query={query} shapes={["h-40", "h-40"]}>
      {({ items }) => (
        <div className="flex flex-col gap-5">
          <Requests title={t("now")} items={items.filter(isNow)} />
          {KINDS.map((kind) => (
            <AskCard
              key={kind}
              kind={kind}
              isOpen={items.some((request) => request.kind === kind && isOpen(request))}
            />
          ))}
          <Requests title={t("history")} items={items.filter((request) => !isNow(request))} />
        </div>
      )}
    </Loaded>
  );
};
