"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Link } from "@/lib/i18n/navigation";
import { isProblem } from "@/lib/problem";

/**
 * The session ended while somebody worked. Signing in happens in another tab, so that half-written notes and forms stay;
 * the bar goes away with the first answer that comes through.
 */
export const SignedOutBar = () => {
  const t = useTranslations("staff.signedOut");
  const queryClient = useQueryClient();
  const [isOut, setOut] = useState(false);

  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== "updated" || event.query.queryKey[0] !== "staff") return;
        if (event.action.type === "success") setOut(false);
        if (event.action.type === "error" && isProblem(event.action.error)) {
          const { status } = event.action.error;
          setOut((before) => before || status === 401);
        }
      }),
    [queryClient],
  );
  if (!isOut) return null;
  return (
    <Alert tone="warning" live className="m-3">
      <p>
        {t("text")}{" "}
        <Link
          href="/sign-in/staff"
          target="_blank"
          className="font-medium text-primary underline underline-offset-2"
        >
          {t("signIn")}
        </Link>
      </p>
    </Alert>
  );
};
