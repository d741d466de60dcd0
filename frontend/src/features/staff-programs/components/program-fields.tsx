"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { CheckboxCards } from "@/components/ui/choices";
import { Skeleton } from "@/components/ui/skeleton";
import { TextArea, TextInput } from "@/components/ui/text-input";

import { scopesQuery } from "../queries";

interface FieldsProps {
  id: string;
  name: string;
  scopes: readonly string[];
  redirectUris: string;
  error: (name: "name" | "scopes" | "redirect_uris") => string | undefined;
  onName: (value: string) => void;
  onScopes: (values: string[]) => void;
  onRedirectUris: (value: string) => void;
  /** What is chosen once, between the name and the permissions. */
  children?: ReactNode;
}

/** What can be changed later as well: name, permissions and addresses to return to. */
export const ProgramFields = (props: FieldsProps) => {
  const { id, name, scopes, redirectUris, error, onName, onScopes, onRedirectUris, children } = props;
  const t = useTranslations("programs");
  const common = useTranslations("common");
  const { data } = useQuery(scopesQuery);
  return (
    <>
      <TextInput
        id={`${id}-name`}
        label={t("field.name")}
        help={t("field.nameHelp")}
        autoComplete="off"
        maxLength={100}
        error={error("name")}
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
      {children}
      {data ? (
        <CheckboxCards
          id={`${id}-scopes`}
          name="scopes"
          label={t("field.scopes")}
          values={scopes}
          choices={data.items.map(({ code, label, explanation }) => ({
            value: code,
            label,
            help: explanation,
          }))}
          error={error("scopes")}
          onValuesChange={onScopes}
        />
      ) : (
        <Skeleton className="h-40" />
      )}
      <TextArea
        id={`${id}-uris`}
        label={t("field.redirectUris")}
        help={t("field.redirectUrisHelp")}
        optional={common("optional")}
        rows={3}
        className="[&_textarea]:min-h-20"
        spellCheck={false}
        autoComplete="off"
        error={error("redirect_uris")}
        value={redirectUris}
        onChange={(event) => onRedirectUris(event.target.value)}
      />
    </>
  );
};
