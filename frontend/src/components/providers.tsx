"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { ToastProvider } from "@/components/ui/toast";
import { makeQueryClient } from "@/lib/query-client";

export const Providers = ({ children }: { children: ReactNode }) => {
  const [queryClient] = useState(makeQueryClient);
  const t = useTranslations("common");
  return (
    <QueryClientProvider client={queryClient}>
      <ToastProvider closeLabel={t("close")}>{children}</ToastProvider>
    </QueryClientProvider>
  );
};
