"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Facts } from "@/components/facts";
import { CheckedForm } from "@/components/form/checked-form";
import { LongTextField, PhoneField, TextField } from "@/components/form/fields";
import { Alert } from "@/components/ui/alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { formatPhone } from "@/lib/format";
import { parseTypedPhone } from "@/lib/phone-number";

import { useOrganisationWords } from "../hooks";
import { useChangeContacts } from "../mutations";
import type { OwnOrganisation } from "../queries";
import { contactsSchema } from "../schemas";

const TONES: Record<OwnOrganisation["status"], BadgeTone> = {
  open: "success",
  unchecked: "warning",
  closed: "neutral",
};

const ContactsForm = ({ organisation, onDone }: { organisation: OwnOrganisation; onDone: () => void }) => {
  const t = useTranslations("ownOrganisation");
  const common = useTranslations("common");
  const toast = useToast();
  const words = useOrganisationWords();
  const change = useChangeContacts(organisation, () => {
    toast.show("success", t("saved"));
    onDone();
  });
  return (
    <CheckedForm
      values={{
        address: organisation.address,
        email: organisation.email,
        phone: organisation.phone ? formatPhone(organisation.phone) : "",
      }}
      schema={contactsSchema(words)}
      error={change.error}
      busy={change.isPending}
      submitLabel={t("save")}
      onSubmit={({ address, email, phone }) =>
        change.mutate({
          address: address.trim(),
          email: email.trim(),
          phone: phone.trim() === "" ? "" : (parseTypedPhone(phone) ?? phone),
        })
      }
      actions={
        <Button variant="secondary" onClick={onDone}>
          {common("cancel")}
        </Button>
      }
    >
      {(field) => (
        <>
          <LongTextField {...field("address")} label={t("address")} isOptional maxLength={500} rows={2} />
          <TextField
            {...field("email")}
            label={t("email")}
            isOptional
            type="email"
            inputMode="email"
            maxLength={254}
          />
          <PhoneField {...field("phone")} label={t("phone")} isOptional />
        </>
      )}
    </CheckedForm>
  );
};

/** What the organisation is; names and БИН are ours to change, because with them goes the check. */
export const OrganisationCard = ({ organisation }: { organisation: OwnOrganisation }) => {
  const t = useTranslations("ownOrganisation");
  const [isEdited, setEdited] = useState(false);
  const locale = useLocale();
  const none = t("none");
  const name = locale === "kk" && organisation.name_kk ? organisation.name_kk : organisation.name;
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{name}</h2>
        <Badge tone={TONES[organisation.status]}>{t(`status.${organisation.status}`)}</Badge>
      </div>
      {organisation.status === "unchecked" && <Alert tone="warning">{t("uncheckedText")}</Alert>}
      {isEdited ? (
        <ContactsForm organisation={organisation} onDone={() => setEdited(false)} />
      ) : (
        <>
          <Facts
            items={[
              { label: t("kind"), value: organisation.kind_label },
              locale === "kk"
                ? { label: t("nameRu"), value: organisation.name }
                : { label: t("nameKk"), value: organisation.name_kk || none },
              { label: t("bin"), value: organisation.bin ?? none },
              { label: t("address"), value: organisation.address || none },
              {
                label: t("email"),
                value: organisation.email ? <span className="break-all">{organisation.email}</span> : none,
              },
              { label: t("phone"), value: organisation.phone ? formatPhone(organisation.phone) : none },
            ]}
          />
          {organisation.allowed_actions.includes("edit") && (
            <Button variant="secondary" className="self-start" onClick={() => setEdited(true)}>
              {t("edit")}
            </Button>
          )}
          <p className="text-sm text-muted">{t("registerHelp")}</p>
        </>
      )}
    </Card>
  );
};
