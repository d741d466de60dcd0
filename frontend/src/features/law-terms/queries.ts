import type { LawEvent, LawTerms } from "@/api/types";
import type { Locale } from "@/lib/i18n/locales";
import { fetchPublic } from "@/lib/server-api";

const EVENTS_KEEP_SECONDS = 300;

export const fetchLawEvents = (locale: Locale) =>
  fetchPublic<{ items: LawEvent[] }>("/law/events/", { locale, keepSeconds: EVENTS_KEEP_SECONDS });

export const fetchLawTerms = (locale: Locale, event: string, date: string) =>
  fetchPublic<LawTerms>("/law/terms/", { locale, query: { event, date } });
