"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { api } from "@/lib/api-client";
import { useOwnHints } from "@/lib/realtime";

const KEY = ["mentions"] as const;
const LOOK_AGAIN = 60_000;

/** How many comments wait in which the reader was called. */
export const MentionBadge = () => {
  const t = useTranslations("staffNav");
  const { data } = useQuery({
    queryKey: [...KEY, "count"],
    queryFn: ({ signal }) => api.get<{ unseen: number }>("/me/mentions/count/", { signal }),
    refetchInterval: LOOK_AGAIN,
  });
  useOwnHints([KEY]);
  if (!data || data.unseen === 0) return null;
  return (
    <span className="ml-auto rounded-full bg-primary px-1.5 text-xs font-medium text-on-primary max-xl:ml-0">
      <span aria-hidden>{data.unseen > 99 ? "99+" : data.unseen}</span>
      <span className="sr-only">{t("unseenMentions", { count: data.unseen })}</span>
    </span>
  );
};
