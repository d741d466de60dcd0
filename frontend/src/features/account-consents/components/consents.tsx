"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";

import { Loaded } from "@/components/loaded";

import { consentTextsQuery, givenConsentsQuery } from "../queries";
import { ConsentCard } from "./consent-card";
import { RecordedConsents } from "./recorded-consents";

/** All texts that are asked for, each with what the person answered; none is hidden because it was never answered. */
export const ConsentsScreen = () => {
  const locale = useLocale();
  const texts = useQuery(consentTextsQuery(locale));
  const given = useQuery(givenConsentsQuery);
  const query = {
    data: texts.data && given.data ? { texts: texts.data.items, given: given.data.items } : undefined,
    error: texts.error ?? given.error,
    refetch: () => Promise.all([texts.refetch(), given.refetch()]),
  };
  return (
    <Loaded query={query} shapes={["h-52", "h-52", "h-52"]}>
      {(data) => (
        <div className="flex flex-col gap-4">
          <RecordedConsents />
          {data.texts.map((text) => (
            <ConsentCard
              key={text.kind}
              text={text}
              given={data.given.find((item) => item.kind === text.kind) ?? null}
            />
          ))}
        </div>
      )}
    </Loaded>
  );
};
