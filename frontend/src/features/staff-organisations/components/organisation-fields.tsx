"use client";

import { useTranslations } from "next-intl";

import { PhoneInput } from "@/components/ui/masked-inputs";
import { Select, TextInput } from "@/components/ui/text-input";

import { KINDS } from "../types";

export type OrganisationValues = {
  kind: string;
  name: string;
  name_kk: string;
  bin: string;
  address: string;
  email: string;
  phone: string;
};

interface OrganisationFieldsProps {
  id: string;
  values: OrganisationValues;
  error: (name: keyof OrganisationValues) => string | undefined;
  set: (name: keyof OrganisationValues, value: string) => void;
  /** The kind is chosen once. */
  hasKind: boolean;
  /** Names and БИН: the part that a check is about. */
  hasRegister: boolean;
}

const REGISTER = [
  { name: "name", lang: "ru", max: 300 },
  { name: "name_kk", lang: "kk", max: 300 },
  { name: "bin", lang: undefined, max: 20 },
] as const;

export const OrganisationFields = ({
  id,
  values,
  error,
  set,
  hasKind,
  hasRegister,
}: OrganisationFieldsProps) => {
  const t = useTranslations("staffOrganisations");
  const common = useTranslations("common");
  const optional = common("optional");
  return (
    <>
      {hasKind && (
        <Select
          id={`${id}-kind`}
          label={t("field.kind")}
          error={error("kind")}
          value={values.kind}
          onChange={(event) => set("kind", event.target.value)}
        >
          <option value="">{t("field.choose")}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Select>
      )}
      {hasRegister &&
        REGISTER.map(({ name, lang, max }) => (
          <TextInput
            key={name}
            id={`${id}-${name}`}
            lang={lang}
            label={t(`field.${name}`)}
            optional={name === "name" ? undefined : optional}
            inputMode={name === "bin" ? "numeric" : undefined}
            autoComplete="off"
            maxLength={max}
            error={error(name)}
            value={values[name]}
            onChange={(event) => set(name, event.target.value)}
          />
        ))}
      <TextInput
        id={`${id}-address`}
        label={t("field.address")}
        optional={optional}
        autoComplete="off"
        maxLength={500}
        error={error("address")}
        value={values.address}
        onChange={(event) => set("address", event.target.value)}
      />
      <TextInput
        id={`${id}-email`}
        type="email"
        inputMode="email"
        label={t("field.email")}
        optional={optional}
        autoComplete="off"
        maxLength={254}
        error={error("email")}
        value={values.email}
        onChange={(event) => set("email", event.target.value)}
      />
      <PhoneInput
        id={`${id}-phone`}
        label={t("field.phone")}
        optional={optional}
        autoComplete="off"
        error={error("phone")}
        value={values.phone}
        onValueChange={(phone) => set("phone", phone)}
      />
    </>
  );
};
