"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Control } from "react-hook-form";

import type { Answers, FieldBinding } from "@/components/form/checked-form";
import * as form from "@/components/form/fields";

import { useFieldId } from "./step-form";

interface OwnProps {
  control: Control<Answers>;
  name: string;
}

type FieldOf<C> = C extends (props: infer P) => ReactNode ? Omit<P, keyof FieldBinding> & OwnProps : never;

/** A page of the wizard lists its errors by their own words: nobody asks how a field is called. */
const nobodyAsks = () => undefined;

const useBinding = ({ control, name }: OwnProps): FieldBinding => {
  const fieldId = useFieldId();
  return { control, name, id: fieldId(name), onLabel: nobodyAsks };
};

export const TextField = (props: FieldOf<typeof form.TextField>) => (
  <form.TextField {...props} {...useBinding(props)} />
);

export const LongTextField = (props: FieldOf<typeof form.LongTextField>) => (
  <form.LongTextField {...props} {...useBinding(props)} />
);

export const DateField = ({ help, ...props }: FieldOf<typeof form.DateField>) => {
  const t = useTranslations("apply");
  return <form.DateField {...props} {...useBinding(props)} help={help ?? t("dateHelp")} />;
};

export const MoneyField = (props: FieldOf<typeof form.MoneyField>) => (
  <form.MoneyField {...props} {...useBinding(props)} />
);

export const ChoiceField = (props: FieldOf<typeof form.ChoiceField>) => (
  <form.ChoiceField {...props} {...useBinding(props)} />
);

export const ChoicesField = (props: FieldOf<typeof form.ChoicesField>) => (
  <form.ChoicesField {...props} {...useBinding(props)} />
);

type YesNoProps = Omit<FieldOf<typeof form.ChoiceField>, "choices"> & { yes?: ReactNode; no?: ReactNode };

/** «Да» or «нет». */
export const YesNoField = ({ yes, no, ...props }: YesNoProps) => {
  const t = useTranslations("apply");
  return (
    <ChoiceField
      {...props}
      choices={[
        { value: "yes", label: yes ?? t("yes") },
        { value: "no", label: no ?? t("no") },
      ]}
    />
  );
};
