"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { type DeskProcedure, ownSessionsQuery, type Session, useDeskPost } from "../queries";
import { MomentFields, momentOf } from "./moment-fields";

const PlanDialog = ({
  procedures,
  onClose,
}: {
  procedures: readonly DeskProcedure[];
  onClose: () => void;
}) => {
  const t = useTranslations("specialistDesk.sessions");
  const id = useId();
  const [trackId, setTrackId] = useState(procedures[0]?.id ?? "");
  const [moment, setMoment] = useState({ day: "", time: "10:00" });
  const [way, setWay] = useState("online");
  const [place, setPlace] = useState("");
  const plan = useDeskPost<object>("/desk/sessions/", onClose);
  return (
    <FormDialog
      title={t("plan")}
      lead={t("planLead")}
      submitLabel={t("save")}
      busy={plan.isPending}
      error={plan.error}
      isAtFields={isPlaced(plan.error, ["starts_at", "place"])}
      onSubmit={() =>
        plan.mutate({ track_id: trackId, starts_at: momentOf(moment) ?? "", minutes: 90, way, place })
      }
      onClose={onClose}
    >
      <Select
        id={`${id}-track`}
        label={t("case")}
        value={trackId}
        onChange={(event) => setTrackId(event.target.value)}
      >
        {procedures.map((row) => (
          <option key={row.id} value={row.id}>
            {row.case_number} · {row.borrower_name}
          </option>
        ))}
      </Select>
      <MomentFields
        id={id}
        label={t("day")}
        value={moment}
        onValue={setMoment}
        error={errorAt(plan.error, "starts_at")}
      />
      <Select id={`${id}-way`} label={t("way")} value={way} onChange={(event) => setWay(event.target.value)}>
        {(["online", "phone", "office"] as const).map((one) => (
          <option key={one} value={one}>
            {t(`ways.${one}`)}
          </option>
        ))}
      </Select>
      <TextInput
        id={`${id}-place`}
        label={t("place")}
        maxLength={300}
        error={errorAt(plan.error, "place")}
        value={place}
        onChange={(event) => setPlace(event.target.value)}
      />
    </FormDialog>
  );
};

const SessionRow = ({ session }: { session: Session }) => {
  const t = useTranslations("specialistDesk.sessions");
  const locale = useLocale();
  const toast = useToast();
  const describe = useProblemText();
  const end = useDeskPost<{ status: "held" | "cancelled" }>(`/desk/sessions/${session.id}/`, () => undefined);
  const set = (status: "held" | "cancelled") =>
    end.mutate({ status }, { onError: (error) => toast.show("danger", describe(error)) });
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 py-2">
      <span>
        <span className="block font-medium">{formatDateTime(session.starts_at, locale)}</span>
        <span className="text-muted">{[session.case_number, session.place].filter(Boolean).join(" · ")}</span>
      </span>
      {session.status === "planned" ? (
        <span className="flex gap-2">
          <Button variant="secondary" size="dense" busy={end.isPending} onClick={() => set("held")}>
            {t("held")}
          </Button>
          <Button variant="quiet" size="dense" onClick={() => set("cancelled")}>
            {t("callOff")}
          </Button>
        </span>
      ) : (
        <Badge tone={session.status === "held" ? "success" : "neutral"}>{session.status_label}</Badge>
      )}
    </li>
  );
};

/** Sessions of the mediator: planned with the sides, noted when they took place. */
export const SessionList = ({ procedures }: { procedures: readonly DeskProcedure[] }) => {
  const t = useTranslations("specialistDesk.sessions");
  const query = useInfiniteQuery(ownSessionsQuery());
  const [isPlanning, setPlanning] = useState(false);
  const sessions = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={t("title")}
      action={
        procedures.length > 0 && (
          <Button size="dense" onClick={() => setPlanning(true)}>
            {t("plan")}
          </Button>
        )
      }
    >
      <ListFrame query={query} count={sessions.length} empty={{ title: t("none"), text: t("noneText") }}>
        <ul className="flex flex-col divide-y divide-line">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </ListFrame>
      {isPlanning && <PlanDialog procedures={procedures} onClose={() => setPlanning(false)} />}
    </Panel>
  );
};
