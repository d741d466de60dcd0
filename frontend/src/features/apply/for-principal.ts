"use client";

import { useMutation } from "@tanstack/react-query";

import type { CaseDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import type { Locale } from "@/lib/i18n/locales";

/**
 * The open draft of a principal; his consents stay his own to give.
 * Apart from what reads drafts: the list of cases offers this, and must not fetch the rules of the application for it.
 */
export const useBeginForPrincipal = (locale: Locale, onDone: (caseId: string) => void) =>
  useMutation({
    mutationFn: (principalId: string) =>
      api.post<Pick<CaseDetail, "id">>("/cases/", { language: locale, borrower_id: principalId }),
    onSuccess: ({ id }) => onDone(id),
  });
