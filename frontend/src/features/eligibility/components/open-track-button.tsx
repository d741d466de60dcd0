"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/api-client";
import { Link } from "@/lib/i18n/navigation";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";
import { useProblemText } from "@/lib/use-problem-text";

import type { EligibilityResult } from "../queries";

interface OpenTrackButtonProps {
  caseId: string;
  kind: EligibilityResult["track_kind"];
}

/** A result that fits is offered as a procedure; whether it may be opened the server decides again. */
export const OpenTrackButton = ({ caseId, kind }: OpenTrackButtonProps) => {
  const t = useTranslations("eligibility");
  const describe = useProblemText();
  const queryClient = useQueryClient();
  const { keyFor } = useIdempotencyKey();
  const body = { kind };
  const open = useMutation({
    mutationFn: () => api.post<undefined>(`/cases/${caseId}/tracks/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (open.isSuccess) {
    return (
      <Alert tone="success" live>
        <Link href={`/staff/cases/${caseId}`} className="underline">
          {t("opened")}
        </Link>
      </Alert>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <Button busy={open.isPending} className="self-start" onClick={() => open.mutate()}>
        {t("open")}
      </Button>
      {open.error && (
        <Alert tone="danger" live>
          {describe(open.error)}
        </Alert>
      )}
    </div>
  );
};
