"use client";

import { queryOptions } from "@tanstack/react-query";

import type { ConsentText } from "@/api/types";
import { api } from "@/lib/api-client";
import type { Locale } from "@/lib/i18n/locales";

import type { GivenConsent, RecordedConsent } from "./types";

export const consentKeys = {
  all: ["account", "consents"] as const,
  given: () => [...consentKeys.all, "given"] as const,
  recorded: () => [...consentKeys.all, "recorded"] as const,
  texts: (locale: Locale) => [...consentKeys.all, "texts", locale] as const,
};

export const givenConsentsQuery = queryOptions({
  queryKey: consentKeys.given(),
  queryFn: ({ signal }) => api.get<{ items: GivenConsent[] }>("/consents/", { signal }),
});

export const recordedConsentsQuery = queryOptions({
  queryKey: consentKeys.recorded(),
  queryFn: ({ signal }) => api.get<{ items: RecordedConsent[] }>("/recorded-consents/", { signal }),
});

export const consentTextsQuery = (locale: Locale) =>
  queryOptions({
    queryKey: consentKeys.texts(locale),
    queryFn: ({ signal }) => api.get<{ items: ConsentText[] }>("/consents/texts/", { signal }),
    staleTime: 300_000,
  });
