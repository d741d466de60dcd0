"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { type MouseEvent, type ReactNode, useEffect } from "react";

import type { SessionUser } from "@/api/types";
import { api } from "@/lib/api-client";
import { isLocale } from "@/lib/i18n/locales";
import { sessionKey, sessionQuery } from "@/lib/session";

const CHOSEN = "kenes.language-chosen";

const remember = (language: string) => {
  try {
    sessionStorage.setItem(CHOSEN, language);
  } catch {
    // Without storage the page still changes its language; only letters keep the former one.
  }
};

const takeChosen = (): string | null => {
  try {
    const chosen = sessionStorage.getItem(CHOSEN);
    sessionStorage.removeItem(CHOSEN);
    return chosen;
  } catch {
    return null;
  }
};

/**
 * Around the language links of a signed-in person: what is chosen there is kept for letters and messages too. The links
 * stay plain, so the new page does the keeping; a shared link in another language changes nothing.
 */
export const KeepLanguage = ({ children }: { children: ReactNode }) => {
  const locale = useLocale();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const known = session?.user?.language;

  useEffect(() => {
    if (!known || takeChosen() !== locale || known === locale) return;
    void api.patch<SessionUser>("/me/", { language: locale }).then(
      () => queryClient.invalidateQueries({ queryKey: sessionKey }),
      () => undefined,
    );
  }, [known, locale, queryClient]);

  const choose = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a[hreflang]") : null;
    const language = link?.getAttribute("hreflang");
    if (isLocale(language)) remember(language);
  };
  return (
    <div className="contents" onClickCapture={choose}>
      {children}
    </div>
  );
};
