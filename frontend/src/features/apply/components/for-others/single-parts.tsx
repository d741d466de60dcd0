"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Control } from "react-hook-form";
import type { ZodMiniType } from "zod/mini";

import type { Answers } from "@/components/form/checked-form";

import {
  contactShape,
  type Draft,
  familyShape,
  hardshipShape,
  incomeShape,
  personShape,
  reliefShape,
} from "../../draft";
import { errorsOfForm } from "../../parts";
import {
  contactSchema,
  familySchema,
  hardshipSchema,
  incomeSchema,
  personSchema,
  reliefNumbersSchema,
  reliefSchema,
  storySchema,
} from "../../schemas";
import { FamilyFields, IncomeFields } from "../steps/income";
import { HardshipFields, StoryFields } from "../steps/reason";
import { ReliefFields, ReliefNumbersFields } from "../steps/request";
import { ContactFields, PersonFields } from "../steps/you";
import { Columns, type DraftPartProps } from "./list-parts";
import { PartForm } from "./part-form";

type SingleName = "person" | "contact" | "income" | "family" | "hardship" | "relief";

/** The question as the wizard asks it. */
const useTitle = (name: SingleName): string => {
  const t = useTranslations("apply");
  return t(`${name}.title`);
};

interface SingleProps<K extends SingleName> extends DraftPartProps {
  name: K;
  shape: ZodMiniType<Draft[K]>;
  schemas: readonly ZodMiniType<Draft[K]>[];
  children: (control: Control<Answers>, values: Draft[K]) => ReactNode;
}

/** A part of the draft that there is one of. */
const Single = <K extends SingleName>({
  draft,
  tries,
  serverErrors,
  onDraft,
  name,
  shape,
  schemas,
  children,
}: SingleProps<K>) => {
  const title = useTitle(name);
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
      <h3 className="font-semibold text-ink">{title}</h3>
      <PartForm
        id={name}
        values={draft[name]}
        shape={shape}
        schemas={schemas}
        tries={tries}
        serverErrors={errorsOfForm(serverErrors, name)}
        onChange={(values) => onDraft((latest) => ({ ...latest, [name]: values }))}
      >
        {children}
      </PartForm>
    </div>
  );
};

export const PersonParts = (props: DraftPartProps) => (
  <>
    <Single {...props} name="person" shape={personShape} schemas={[personSchema]}>
      {(control) => (
        <Columns>
          <PersonFields control={control} />
        </Columns>
      )}
    </Single>
    <Single {...props} name="contact" shape={contactShape} schemas={[contactSchema]}>
      {(control) => <ContactFields control={control} />}
    </Single>
  </>
);

export const IncomeParts = (props: DraftPartProps) => (
  <>
    <Single {...props} name="income" shape={incomeShape} schemas={[incomeSchema]}>
      {(control) => (
        <Columns>
          <IncomeFields control={control} />
        </Columns>
      )}
    </Single>
    <Single {...props} name="family" shape={familyShape} schemas={[familySchema]}>
      {(control) => (
        <Columns>
          <FamilyFields control={control} />
        </Columns>
      )}
    </Single>
  </>
);

export const ReasonParts = (props: DraftPartProps) => (
  <Single
    {...props}
    name="hardship"
    shape={hardshipShape}
    schemas={[hardshipSchema(props.today), storySchema]}
  >
    {(control) => (
      <>
        <HardshipFields control={control} />
        <StoryFields control={control} />
      </>
    )}
  </Single>
);

export const RequestParts = (props: DraftPartProps) => (
  <Single {...props} name="relief" shape={reliefShape} schemas={[reliefSchema, reliefNumbersSchema]}>
    {(control, values) => (
      <>
        <ReliefFields control={control} />
        <ReliefNumbersFields control={control} kinds={values.kinds} />
      </>
    )}
  </Single>
);
