import "server-only";

import type { Session } from "@/api/types";
import type { Locale } from "@/lib/i18n/locales";
import { fetchPublic, type PublicAnswer } from "@/lib/server-api";

const KEEP_SECONDS = 60;

/** What a visitor without a session is told of this installation; the same for everybody, so asked once a minute. */
export const publicSession = (locale: Locale): Promise<PublicAnswer<Session>> =>
  fetchPublic<Session>("/session/", { locale, keepSeconds: KEEP_SECONDS });
