"use client";

import { Pencil } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/desk/facts";
import { Panel } from "@/components/desk/panel";
import { Button } from "@/components/ui/button";
import { formatDate, formatPhone } from "@/lib/format";
import { isLocale } from "@/lib/i18n/locales";

import type { PersonAction, PersonDetail } from "../types";
import { EditDialog } from "./edit-dialog";
import { RevealButton, useShownNumbers } from "./reveal";

/** Who this is. ИИН and phone stand masked; whoever needs them says why. */
export const IdentityPanel = ({ person }: { person: PersonDetail }) => {
  const t = useTranslations("staffPeople");
  const locale = useLocale();
  const [isEditing, setEditing] = useState(false);
  const shown = useShownNumbers();
  const { values } = shown;
  const may = (action: PersonAction) => person.allowed_actions.includes(action);
  return (
    <Panel
      title={t("panel.identity")}
      action={
        may("edit") && (
          <Button variant="quiet" size="dense" className="-mr-2" onClick={() => setEditing(true)}>
            <Pencil aria-hidden className="size-4" />
            {t("edit.button")}
          </Button>
        )
      }
    >
      <Facts
        items={[
          { label: t("fact.name"), value: person.full_name },
          { label: t("fact.nameKk"), value: person.full_name_kk },
          { label: t("fact.iin"), value: values ? values.iin : person.masked_iin },
          {
            label: t("fact.phone"),
            value: values?.phone ? (
              <a href={`tel:${values.phone}`} className="text-primary underline underline-offset-2">
                {formatPhone(values.phone)}
              </a>
            ) : (
              person.masked_phone
            ),
          },
          { label: t("fact.email"), value: person.email },
          {
            label: t("fact.language"),
            value: isLocale(person.language) ? t(`languages.${person.language}`) : person.language,
          },
          { label: t("fact.since"), value: formatDate(person.created_at, locale) },
        ]}
      />
      {may("reveal") && <RevealButton personId={person.id} shown={shown} />}
      {isEditing && <EditDialog person={person} onClose={() => setEditing(false)} />}
    </Panel>
  );
};
