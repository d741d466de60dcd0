import { fireEvent, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { KeepLanguage } from "@/components/keep-language";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, server } from "@/testing/server";

const kept = vi.fn();

beforeEach(() => {
  kept.mockReset();
  sessionStorage.clear();
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession({ language: "kk" }))),
    http.patch(`${API}/me/`, async ({ request }) => {
      kept(await request.json());
      return HttpResponse.json({});
    }),
  );
});

const switcher = (
  <KeepLanguage>
    <a href="#ru" hrefLang="ru">
      РУС
    </a>
  </KeepLanguage>
);

test("a language chosen by its link is kept by the page that opens in it", async () => {
  const { unmount } = renderScreen(switcher);
  fireEvent.click(screen.getByRole("link", { name: "РУС" }));
  unmount();
  renderScreen(switcher);
  await vi.waitFor(() => expect(kept).toHaveBeenCalledWith({ language: "ru" }));
});

test("a page that was merely opened in another language changes nothing", async () => {
  const read = vi.fn(() => HttpResponse.json(borrowerSession({ language: "kk" })));
  server.use(http.get(`${API}/session/`, read));
  renderScreen(switcher);
  await vi.waitFor(() => expect(read).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(kept).not.toHaveBeenCalled();
});
