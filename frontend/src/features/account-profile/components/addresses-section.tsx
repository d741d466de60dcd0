"use client";

import { useTranslations } from "next-intl";

import { Facts } from "@/components/facts";
import { LongTextField } from "@/components/form/fields";

import { useFormWords } from "../hooks";
import { addressesSchema } from "../schemas";
import type { Profile } from "../types";
import { EditableCard } from "./editable-card";
import { PartForm } from "./part-form";

const KINDS = ["registered", "actual", "postal"] as const;

const textOf = (profile: Profile, kind: (typeof KINDS)[number]) =>
  profile.addresses.find((address) => address.kind === kind)?.text ?? "";

export const AddressesSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.addresses");
  const none = useTranslations("profile")("none");
  const words = useFormWords();
  return (
    <EditableCard
      title={t("title")}
      lead={t("lead")}
      editLabel={t("edit")}
      form={(close) => (
        <PartForm
          profile={profile}
          close={close}
          values={{
            registered: textOf(profile, "registered"),
            actual: textOf(profile, "actual"),
            postal: textOf(profile, "postal"),
          }}
          schema={addressesSchema(words)}
          toChanges={(values) => ({
            addresses: KINDS.flatMap((kind) =>
              values[kind].trim() ? [{ kind, text: values[kind].trim() }] : [],
            ),
          })}
        >
          {(field) =>
            KINDS.map((kind) => (
              <LongTextField
                key={kind}
                {...field(kind)}
                label={t(kind)}
                help={kind === "registered" ? t("registeredHelp") : undefined}
                isOptional
                maxLength={300}
                rows={2}
              />
            ))
          }
        </PartForm>
      )}
    >
      <Facts items={KINDS.map((kind) => ({ label: t(kind), value: textOf(profile, kind) || none }))} />
    </EditableCard>
  );
};
