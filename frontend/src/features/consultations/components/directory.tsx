"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";

import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatMoney } from "@/lib/format";

import { directoryQuery, type Host } from "../queries";
import { BookDialog } from "./book-dialog";
import { BookingList } from "./booking-list";

const KINDS = ["platform", "lawyer", "mediator", "notary"] as const;

const HostCard = ({ host, onBook }: { host: Host; onBook: () => void }) => {
  const t = useTranslations("consultations.directory");
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div>
        <p className="font-semibold text-ink">{host.full_name}</p>
        <p className="text-muted">
          {[host.kind_label, host.organisation_name, host.city].filter(Boolean).join(", ")}
        </p>
        {host.register_number && (
          <p className="text-sm text-muted">
            {t("register", { name: host.register_name, number: host.register_number })}
          </p>
        )}
        {host.works_since && (
          <p className="text-sm text-muted">{t("since", { year: String(host.works_since) })}</p>
        )}
      </div>
      {host.about && <p className="measure whitespace-pre-wrap">{host.about}</p>}
      <p className="flex flex-wrap gap-1.5">
        {host.topics.map((topic) => (
          <Badge key={topic}>{topic}</Badge>
        ))}
        {host.languages.map((code) => (
          <Badge key={code} tone="primary">
            {t(`languages.${code === "kk" ? "kk" : code === "en" ? "en" : "ru"}`)}
          </Badge>
        ))}
      </p>
      <div className="mt-auto flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold tabular-nums">
          {host.fee_tiyn
            ? t("fee", { sum: formatMoney(host.fee_tiyn), minutes: host.minutes })
            : t("free", { minutes: host.minutes })}
        </span>
        <Button size="dense" onClick={onBook}>
          {t("book")}
        </Button>
      </div>
    </li>
  );
};

/** Specialists whose entry in the register was checked, and the free consultation of Kenes Hub; no ratings. */
export const Directory = () => {
  const t = useTranslations("consultations.directory");
  const caseId = useSearchParams().get("case") ?? "";
  const [kind, setKind] = useState("");
  const [language, setLanguage] = useState("");
  const [host, setHost] = useState<Host | null>(null);
  const query = useInfiniteQuery(directoryQuery({ kind, language }));
  const hosts = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-1">
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="measure text-muted">{t("lead")}</p>
      </header>
      <BookingList asHost={false} />
      <section className="flex flex-col gap-4" aria-labelledby="directory-title">
        <h2 id="directory-title" className="text-xl font-semibold">
          {t("choose")}
        </h2>
        <div className="flex flex-wrap gap-3">
          <FilterSelect
            label={t("kind")}
            all={t("allKinds")}
            value={kind}
            onValue={setKind}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <FilterSelect
            label={t("language")}
            all={t("anyLanguage")}
            value={language}
            onValue={setLanguage}
            options={(["ru", "kk", "en"] as const).map((value) => ({
              value,
              label: t(`languages.${value}`),
            }))}
          />
        </div>
        <ListFrame
          query={query}
          count={hosts.length}
          isNarrowed={kind !== "" || language !== ""}
          onClear={() => {
            setKind("");
            setLanguage("");
          }}
          empty={{ title: t("emptyTitle"), text: t("emptyText") }}
        >
          <ul className="grid gap-3 lg:grid-cols-2">
            {hosts.map((one) => (
              <HostCard key={one.id} host={one} onBook={() => setHost(one)} />
            ))}
          </ul>
        </ListFrame>
      </section>
      {host && <BookDialog host={host} caseId={caseId} onClose={() => setHost(null)} />}
    </div>
  );
};
