import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";

import messages from "../../../../messages/ru.json";
import { sessionKey } from "@/lib/session";

import { StaffGate } from "./staff-gate";

const manager = {
  authenticated: true,
  demo: true,
  today: "2026-11-25",
  verify_limit_bytes: 1,
  user: {
    id: "1",
    full_name: "Ахметова Д. С.",
    masked_phone: "",
    email: "m@kenes.sandbox",
    language: "ru",
    roles: ["manager"],
    has_iin: false,
  },
};

const frame = (client: QueryClient, children: ReactNode) => (
  <NextIntlClientProvider locale="ru" messages={messages} timeZone="Asia/Almaty">
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  </NextIntlClientProvider>
);

test("a session that is known before the gate wakes up does not change what the server sent", async () => {
  const gate = (
    <StaffGate>
      <p>Дела</p>
    </StaffGate>
  );
  const host = document.createElement("div");
  document.body.append(host);
  host.innerHTML = renderToString(frame(new QueryClient(), gate));
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(sessionKey, manager);
  const onRecoverableError = vi.fn();
  await act(async () => {
    hydrateRoot(host, frame(client, gate), { onRecoverableError });
  });
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(host.textContent).toContain("Дела");
});
