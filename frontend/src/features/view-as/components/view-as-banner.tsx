"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useRouter } from "@/lib/i18n/navigation";
import { hasCode } from "@/lib/problem";
import { sessionKey } from "@/lib/session";
import { useCountdown } from "@/lib/use-countdown";
import { useProblemText } from "@/lib/use-problem-text";

import { useEndViewing } from "../mutations";
import type { Viewing } from "../viewing";

/** Whatever button is pressed meanwhile, the server refuses; the words for it come from here, once for every page. */
const useRefusalToast = () => {
  const t = useTranslations("viewAs");
  const toast = useToast();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      queryClient.getMutationCache().subscribe((event) => {
        if (event.type !== "updated" || event.action.type !== "error") return;
        if (hasCode(event.action.error, "auth.viewing_only")) toast.show("danger", t("refused"));
      }),
    [queryClient, t, toast],
  );
};

/** Says on every page through whose eyes it is seen, for how long, and lets out of it. */
const ViewAsBanner = ({ viewing }: { viewing: Viewing }) => {
  const t = useTranslations("viewAs");
  const describe = useProblemText();
  const toast = useToast();
  const router = useRouter();
  const queryClient = useQueryClient();
  useRefusalToast();
  const seconds = useCountdown(Date.parse(viewing.expires_at));
  const left = t("left", { minutes: Math.floor(seconds / 60) });
  const isOver = seconds === 0;
  const end = useEndViewing(() => {
    toast.show("success", t("ended"));
    router.push("/staff");
  });

  useEffect(() => {
    // The server has ended it by itself: what is on the screen belongs to the other person.
    if (isOver) void queryClient.resetQueries({ queryKey: sessionKey });
  }, [isOver, queryClient]);

  return (
    <section
      aria-label={t("label")}
      className="print-hidden sticky top-0 z-30 border-b-2 border-accent bg-accent-soft px-4 py-2 text-sm text-ink"
    >
      <div className="mx-auto flex max-w-5xl items-center gap-x-3 sm:gap-x-4">
        <Eye aria-hidden className="size-5 shrink-0 max-sm:hidden" />
        <div className="min-w-0 flex-1">
          <p role="status" className="font-semibold">
            {t("text", { person: viewing.person_name })} {t("readOnly")}
          </p>
          <p className="max-sm:text-xs">
            {t("staff", { staff: viewing.staff_name })} · {t("reason", { reason: viewing.reason })} · {left}
          </p>
        </div>
        <Button
          size="dense"
          className="shrink-0 max-sm:min-h-11"
          aria-label={t("endLong")}
          busy={end.isPending}
          onClick={() => end.mutate(undefined, { onError: (error) => toast.show("danger", describe(error)) })}
        >
          {t("end")}
        </Button>
      </div>
    </section>
  );
};

export default ViewAsBanner;
