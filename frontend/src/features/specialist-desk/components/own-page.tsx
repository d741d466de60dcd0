"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Panel } from "@/components/desk/panel";
import { Tabs } from "@/components/desk/tabs";
import { Loaded } from "@/components/loaded";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Checkbox, CheckboxCards } from "@/components/ui/choices";
import { MoneyInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { parseTypedMoney, tiynToTyped } from "@/lib/money";
import { sessionQuery } from "@/lib/session";
import { useUrlFilters } from "@/lib/use-url-filters";

import { type HostInput, type OwnHost, ownHostQuery, useDeskPut } from "../queries";
import { AbsenceList } from "./absence-list";
import { FreeSlots } from "./free-slots";
import { HoursForm } from "./hours-form";

const FILTERS = ["kind"] as const;
const LANGUAGES = ["ru", "kk", "en"] as const;
const PLACED = [
  "languages",
  "office",
  "works_since",
  "link",
  "city",
  "about",
  "minutes",
  "break_minutes",
  "fee_tiyn",
];

const typedOf = (host: OwnHost) => ({
  about: host.about,
  languages: host.languages,
  city: host.city,
  online: host.online,
  listed: host.listed,
  since: host.works_since ? String(host.works_since) : "",
  minutes: String(host.minutes),
  pause: String(host.break_minutes),
  fee: host.fee_tiyn ? tiynToTyped(host.fee_tiyn) : "",
  office: host.office,
  link: host.link,
});

const PageForm = ({ host }: { host: OwnHost }) => {
  const t = useTranslations("specialistDesk.page");
  const common = useTranslations("common");
  const id = useId();
  const toast = useToast();
  const [typed, setTyped] = useState(() => typedOf(host));
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const save = useDeskPut<HostInput>(`/desk/pages/${host.kind}/`, () => toast.show("success", t("saved")));
  const text = (name: "city" | "office" | "link", width: "full" | "medium") => (
    <TextInput
      id={`${id}-${name}`}
      label={t(name)}
      help={name === "link" ? t("linkHelp") : undefined}
      optional={common("optional")}
      width={width}
      maxLength={300}
      error={errorAt(save.error, name)}
      value={typed[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  );
  const isPlatform = host.kind === "platform";
  const number = (name: "since" | "minutes" | "pause", pointer: string) => (
    <TextInput
      id={`${id}-${name}`}
      label={t(name)}
      inputMode="numeric"
      width="short"
      maxLength={4}
      error={errorAt(save.error, pointer)}
      value={typed[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  );
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending) return;
        save.mutate({
          about: typed.about,
          languages: LANGUAGES.filter((code) => typed.languages.includes(code)),
          city: typed.city,
          online: typed.online,
          listed: typed.listed,
          works_since: typed.since ? Number(typed.since) || 0 : null,
          minutes: Number(typed.minutes) || 0,
          break_minutes: Number(typed.pause) || 0,
          fee_tiyn: parseTypedMoney(typed.fee) ?? 0,
          office: typed.office,
          link: typed.link,
        });
      }}
    >
      {!isPlaced(save.error, PLACED) && <ProblemAlert error={save.error} />}
      <TextArea
        id={`${id}-about`}
        label={t("about")}
        help={t("aboutHelp")}
        rows={4}
        maxLength={1000}
        error={errorAt(save.error, "about")}
        value={typed.about}
        onChange={(event) => set({ about: event.target.value })}
      />
      <CheckboxCards
        id={`${id}-languages`}
        label={t("languages")}
        name={`${id}-languages`}
        values={typed.languages}
        error={errorAt(save.error, "languages")}
        choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        onValuesChange={(languages) => set({ languages })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {!isPlatform && number("since", "works_since")}
        {number("minutes", "minutes")}
        {number("pause", "break_minutes")}
      </div>
      {!isPlatform && (
        <MoneyInput
          id={`${id}-fee`}
          label={t("fee")}
          help={t("feeHelp")}
          error={errorAt(save.error, "fee_tiyn")}
          value={typed.fee}
          onValueChange={(fee) => set({ fee })}
        />
      )}
      {text("city", "medium")}
      {text("office", "full")}
      {text("link", "full")}
      <Checkbox
        id={`${id}-online`}
        label={t(isPlatform ? "onlinePlatform" : "online")}
        checked={typed.online}
        onChange={(event) => set({ online: event.target.checked })}
      />
      <Checkbox
        id={`${id}-listed`}
        label={t(isPlatform ? "listedPlatform" : "listed")}
        checked={typed.listed}
        onChange={(event) => set({ listed: event.target.checked })}
      />
      <Button type="submit" className="self-start" busy={save.isPending}>
        {t("save")}
      </Button>
    </form>
  );
};

/** Page, hours, absences and free times of a host: a specialist, or Kenes Hub itself. */
export const HostPage = ({ kind }: { kind: string }) => {
  const t = useTranslations("specialistDesk.page");
  return (
    <Loaded query={useQuery(ownHostQuery(kind))}>
      {(host) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Panel title={t(host.kind === "platform" ? "toldPlatform" : "told")}>
            <PageForm key={host.id} host={host} />
          </Panel>
          <div className="flex flex-col gap-4">
            <Panel title={t("hours")}>
              <HoursForm key={`${host.id}-hours`} host={host} />
            </Panel>
            <AbsenceList host={host} />
            <FreeSlots host={host} />
          </div>
        </div>
      )}
    </Loaded>
  );
};

/** The own page in the directory and the hours in which one can be booked. */
export const OwnPage = () => {
  const t = useTranslations("specialistDesk.page");
  const { data: session } = useQuery(sessionQuery);
  const kinds = (["lawyer", "mediator", "notary"] as const).filter((one) =>
    session?.user?.roles.some((role) => role === one),
  );
  const { get, set } = useUrlFilters(FILTERS);
  const kind = kinds.find((one) => one === get("kind")) ?? kinds[0];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      {kind && kinds.length > 1 && (
        <Tabs
          label={t("title")}
          value={kind}
          tabs={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onValue={(value) => set({ kind: value })}
        />
      )}
      {kind && <HostPage key={kind} kind={kind} />}
    </Desk>
  );
};
