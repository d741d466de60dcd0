import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";

import { ToastProvider } from "@/components/ui/toast";

import messages from "../../messages/ru.json";

/** A screen in Russian with everything it stands on in the product, but no retries: a failure shows at once. */
export const renderScreen = (screen: ReactNode) => {
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  return render(
    <NextIntlClientProvider locale="ru" messages={messages} timeZone="Asia/Almaty">
      <QueryClientProvider client={queryClient}>
        <ToastProvider closeLabel="Закрыть">{screen}</ToastProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
};
