"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/text-input";

import { useSetOrganisation } from "../mutations";
import { organisationsQuery, type StaffCreditor } from "../queries";

/** Which organisation here is this lender: its officers see the letters that were sent to the lender. */
export const OwnOrganisation = ({ creditor }: { creditor: StaffCreditor }) => {
  const t = useTranslations("staff.creditors.organisation");
  const id = useId();
  const { data } = useQuery(organisationsQuery);
  const [chosen, setChosen] = useState<string>();
  const set = useSetOrganisation(creditor.id, () => setChosen(undefined));
  const present = creditor.organisation_id ?? "";
  const value = chosen ?? present;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("title")}</h3>
      <p className="text-muted">{t("text")}</p>
      <ProblemAlert error={set.error} />
      <label htmlFor={id} className="sr-only">
        {t("title")}
      </label>
      <select
        id={id}
        value={value}
        disabled={!data}
        onChange={(event) => setChosen(event.target.value)}
        className={inputStyles}
      >
        <option value="">{t("none")}</option>
        {data?.items.map((organisation) => (
          <option key={organisation.id} value={organisation.id}>
            {organisation.name}
          </option>
        ))}
      </select>
      {value !== present && (
        <Button
          size="dense"
          className="self-start"
          busy={set.isPending}
          onClick={() => set.mutate(value || null)}
        >
          {t("save")}
        </Button>
      )}
    </section>
  );
};
