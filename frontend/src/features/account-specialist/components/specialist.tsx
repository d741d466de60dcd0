"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Loaded } from "@/components/loaded";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { sessionQuery } from "@/lib/session";

import { KINDS } from "../entry";
import { ownSpecialistsQuery } from "../queries";
import type { OwnSpecialists, SpecialistKind } from "../types";
import { EntryCard } from "./entry-card";
import { EntryForm } from "./entry-form";

interface BeginProps {
  personId: string;
  own: OwnSpecialists;
}

/** Which of the three a person is; chosen by a press, because each has its own register. */
const Begin = ({ personId, own }: BeginProps) => {
  const t = useTranslations("specialist");
  const [kind, setKind] = useState<SpecialistKind | null>(null);
  const free = KINDS.filter((item) => own.items.every((entry) => entry.kind !== item));
  if (free.length === 0) return null;
  if (kind) {
    return (
      <Card className="flex flex-col gap-5">
        <h2 className="text-lg font-semibold">{t(`kinds.${kind}.label`)}</h2>
        <EntryForm
          key={kind}
          personId={personId}
          kind={kind}
          entry={null}
          catalogue={own.catalogue}
          onDone={() => setKind(null)}
        />
      </Card>
    );
  }
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t(own.items.length === 0 ? "choose" : "chooseMore")}</h2>
      <ul className="grid gap-3 sm:grid-cols-3">
        {free.map((item) => (
          <li key={item}>
            <Card className="flex h-full flex-col gap-3">
              <h3 className="font-semibold">{t(`kinds.${item}.label`)}</h3>
              <p className="flex-1 text-sm text-muted">{t(`kinds.${item}.help`)}</p>
              <Button variant="secondary" className="self-start" onClick={() => setKind(item)}>
                {t(`kinds.${item}.begin`)}
              </Button>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const SpecialistScreen = () => {
  const query = useQuery(ownSpecialistsQuery);
  const { data: session } = useQuery(sessionQuery);
  const personId = session?.user?.id ?? "";
  return (
    <Loaded query={query} shapes={["h-48", "h-48"]}>
      {(own) => (
        <div className="flex flex-col gap-5">
          {own.items.map((entry) => (
            <EntryCard key={entry.kind} personId={personId} entry={entry} catalogue={own.catalogue} />
          ))}
          <Begin personId={personId} own={own} />
        </div>
      )}
    </Loaded>
  );
};
