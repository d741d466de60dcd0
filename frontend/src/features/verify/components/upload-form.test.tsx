import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { Verification } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, problem, server, session } from "@/testing/server";

import { UploadForm } from "./upload-form";

const RESULT: Verification = {
  verdict: "valid",
  file_kind: "sealed",
  reason_code: "",
  reason: "",
  document: { kind_label: "Заявление", number: "KH-2026-000123/1", pages: 2 },
  signature: {
    signer: "Досымов К. А.",
    method: "sms",
    method_label: "Код из SMS",
    signed_at: "2026-11-25T09:15:00Z",
    text_sha256: "ab".repeat(32),
  },
  seal: {
    subject: "Kenes Hub",
    sealed_at: "2026-11-25T09:15:02Z",
    valid: true,
    level: "B-LTA",
    level_label: "PAdES B-LTA",
    stamped_at: "2026-11-25T09:15:01Z",
  },
  sealed_sha256: "cd".repeat(32),
  steps: [{ code: "text", label: "Текст не менялся", ok: true, detail: "Контрольная сумма совпадает." }],
};

const pdf = (size = 10) => new File([new Uint8Array(size)], "письмо.pdf", { type: "application/pdf" });

const check = async (file: File | null) => {
  renderScreen(<UploadForm />);
  if (file) await userEvent.upload(screen.getByLabelText(/Выбрать PDF-файл/), file);
  await userEvent.click(screen.getByRole("button", { name: "Проверить файл" }));
};

test("a genuine file: the verdict first, then who and when", async () => {
  server.use(http.post(`${API}/verify/`, () => HttpResponse.json(RESULT)));
  await check(pdf());
  expect(await screen.findByRole("heading", { name: "Документ подлинный" })).toHaveFocus();
  expect(screen.getByText("Досымов К. А.")).toBeVisible();
  expect(screen.getByText(/14:15, время Алматы/)).toBeVisible();
});

test("a changed file says why it failed", async () => {
  const reason = "Файл изменён после того, как его запечатали.";
  server.use(
    http.post(`${API}/verify/`, () =>
      HttpResponse.json({
        ...RESULT,
        verdict: "invalid",
        reason_code: "changed",
        reason,
        signature: null,
        seal: null,
      }),
    ),
  );
  await check(pdf());
  expect(await screen.findByRole("heading", { name: "Документ не прошёл проверку" })).toBeVisible();
  expect(screen.getByText(reason)).toBeVisible();
});

test("something that is no PDF is named as that", async () => {
  server.use(http.post(`${API}/verify/`, () => problem(400, "verify.not_pdf")));
  await check(pdf());
  expect(await screen.findByText(/Это не PDF/)).toBeVisible();
});

test("a file above the limit is not sent at all", async () => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(session({ verify_limit_bytes: 1_048_576 }))),
  );
  renderScreen(<UploadForm />);
  await screen.findByLabelText(/Выбрать PDF-файл/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await userEvent.upload(screen.getByLabelText(/Выбрать PDF-файл/), pdf(1_048_577));
  expect(await screen.findByText(/Файл больше 1 МБ/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Проверить файл" }));
  expect(screen.queryByRole("heading", { level: 2 })).toBeNull();
});

test("pressing without a file says what is missing", async () => {
  await check(null);
  expect(screen.getByText("Сначала выберите файл")).toBeVisible();
});
