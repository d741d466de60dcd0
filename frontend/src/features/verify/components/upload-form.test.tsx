import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { SignatureCheck, Verification, VerifiedSignature } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, server, session } from "@/testing/server";

import { UploadForm } from "./upload-form";

const SIGNED: VerifiedSignature = {
  signer: "Досымов К. А.",
  shows: "short",
  method: "sms",
  method_label: "Код из SMS",
  signed_at: "2026-11-25T09:15:00Z",
  text_sha256: "ab".repeat(32),
  party_role: "borrower",
  organisation: "",
  represents: "",
  time_source: "server",
};

const RESULT: Verification = {
  verdict: "valid",
  file_kind: "sealed",
  reason_code: "",
  reason: "",
  document: { kind_label: "Заявление", number: "KH-2026-000123/1", pages: 2 },
  signature: SIGNED,
  signatures: [SIGNED, { ...SIGNED, signer: "Серикова А. Б.", represents: "Досымов К. А." }],
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

const pdf = (size = 10) =>
  new File(["%PDF-", new Uint8Array(size)], "письмо.pdf", { type: "application/pdf" });

const check = async (file: File | null) => {
  renderScreen(<UploadForm />);
  if (file) await userEvent.upload(screen.getByLabelText(/Выбрать файл/), file);
  await userEvent.click(screen.getByRole("button", { name: "Проверить" }));
};

test("a genuine file: the verdict first, then who and when", async () => {
  server.use(http.post(`${API}/verify/`, () => HttpResponse.json(RESULT)));
  await check(pdf());
  expect(await screen.findByRole("heading", { name: "Документ подлинный" })).toHaveFocus();
  expect(screen.getByText("Серикова А. Б.")).toBeVisible();
  expect(screen.getAllByText("Досымов К. А.")).toHaveLength(2);
  expect(screen.getAllByText(/14:15, время Алматы/)).toHaveLength(2);
});

test("each signer is named as he wishes: in full, with initials, or not at all", async () => {
  const signatures: VerifiedSignature[] = [
    { ...SIGNED, shows: "full", signer: "Досымов Кайрат Ануарович" },
    { ...SIGNED, shows: "short", signer: "Серикова А. Б." },
    { ...SIGNED, shows: "hidden", signer: "" },
  ];
  server.use(http.post(`${API}/verify/`, () => HttpResponse.json({ ...RESULT, signatures })));
  await check(pdf());
  await screen.findByRole("heading", { name: "Документ подлинный" });
  const who = screen.getAllByText("Кто подписал").map((term) => term.nextElementSibling?.textContent);
  expect(who).toEqual([
    "Досымов Кайрат Ануарович",
    "Серикова А. Б.",
    "Имя не показано по желанию подписавшего",
  ]);
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
        signatures: [],
        seal: null,
      }),
    ),
  );
  await check(pdf());
  expect(await screen.findByRole("heading", { name: "Документ не прошёл проверку" })).toBeVisible();
  expect(screen.getByText(reason)).toBeVisible();
});

const STEPS = [
  { name: "digest", result: "passed" as const, reason: "" },
  { name: "revocation", result: "unknown" as const, reason: "revocation_unknown" },
  { name: "time", result: "passed" as const, reason: "timestamp_untrusted" },
];
const REPORT: SignatureCheck = {
  verdict: "unknown",
  format: "cms",
  reason: "revocation_unknown",
  signers: [
    {
      verdict: "unknown",
      full_name: "ДОСЫМОВ КАЙРАТ",
      iin: "870419390122",
      bin: "220140918424",
      organisation: "ТОО «МФО»",
      role: "head",
      algorithm: "GOST 34.10-2015-512",
      signed_at: "2026-11-25T09:15:00Z",
      claimed_at: null,
      time_source: "timestamp",
      timestamp: { at: "2026-11-25T09:15:00Z", trusted: true, reason: "", tsa: "CN=TSA" },
      chain: [],
      revocation: { status: "unknown", source: "", revoked_at: null, reason: "revocation_unknown" },
      steps: STEPS,
    },
  ],
  evidence: null,
};

test("a signature file with its document: who, as what, by whose clock, and why it is not confirmed", async () => {
  const sent: string[] = [];
  server.use(
    http.post(`${API}/signatures/verify/`, async ({ request }) => {
      const form = await request.formData();
      sent.push(...form.keys());
      return HttpResponse.json(REPORT);
    }),
  );
  renderScreen(<UploadForm />);
  await userEvent.upload(
    screen.getByLabelText(/Выбрать файл/),
    new File(["0"], "подпись.cms", { type: "application/octet-stream" }),
  );
  await userEvent.upload(await screen.findByLabelText(/Документ, который подписан/), pdf());
  await userEvent.click(screen.getByRole("button", { name: "Проверить" }));

  expect(await screen.findByRole("heading", { name: "Подтвердить не удалось" })).toHaveFocus();
  expect(sent).toEqual(["signature", "document"]);
  expect(screen.getByText("ДОСЫМОВ КАЙРАТ")).toBeVisible();
  expect(screen.getByText("первый руководитель")).toBeVisible();
  expect(screen.getByText(/по доверенной отметке времени/)).toBeVisible();
  expect(screen.getAllByText(/Не удалось узнать, не отозван ли сертификат/).length).toBeGreaterThan(1);
  expect(screen.getByText(/Отметка времени\. Сертификат выдал центр, которому мы не доверяем/)).toBeVisible();
});

test("a PDF that the register does not know is judged by its own signatures", async () => {
  server.use(
    http.post(`${API}/verify/`, () =>
      HttpResponse.json({ ...RESULT, verdict: "unknown", reason_code: "unknown_file", signatures: [] }),
    ),
    http.post(`${API}/signatures/verify/`, () =>
      HttpResponse.json({ ...REPORT, verdict: "invalid", format: "pdf", reason: "untrusted", signers: [] }),
    ),
  );
  await check(pdf());
  expect(await screen.findByRole("heading", { name: "Подпись недействительна" })).toBeVisible();
  expect(screen.getByText("Подписанный PDF")).toBeVisible();
});

test("an evidence archive shows its steps and what the answer rests on", async () => {
  server.use(
    http.post(`${API}/signatures/verify/`, () =>
      HttpResponse.json({
        ...REPORT,
        verdict: "valid",
        format: "evidence",
        reason: "",
        evidence: {
          document_number: "KH-2026-000123-1",
          document_sha256: "ab".repeat(32),
          made_at: "2026-11-25T09:15:00Z",
          sealed_by: "Kenes Hub Document Seal",
          stamped_at: "2026-11-25T09:15:02Z",
          stamped_by: "CN=TSA",
          anchored_on: "2026-11-25",
          anchor_stamped_at: null,
          files: 17,
          events_shown: 5,
          events_hidden: 2,
          anchors: [{ subject: "CN=Kenes Hub", sha256: "cd".repeat(32), purpose: "seal" }],
          anchors_from: "given",
          steps: [{ name: "files", result: "passed", reason: "" }],
        },
      } satisfies SignatureCheck),
    ),
  );
  await check(new File(["PK"], "доказательства.zip", { type: "application/zip" }));
  expect(await screen.findByText("KH-2026-000123-1")).toBeVisible();
  expect(screen.getByText("полностью 5, только хешем 2")).toBeVisible();
  expect(screen.getByText("cd".repeat(32))).toBeVisible();
});

test("a file above the limit is not sent at all", async () => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(session({ verify_limit_bytes: 1_048_576 }))),
  );
  renderScreen(<UploadForm />);
  await screen.findByLabelText(/Выбрать файл/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await userEvent.upload(screen.getByLabelText(/Выбрать файл/), pdf(1_048_577));
  expect(await screen.findByText(/Файл больше 1 МБ/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Проверить" }));
  expect(screen.queryByRole("heading", { level: 2 })).toBeNull();
});

test("pressing without a file says what is missing", async () => {
  await check(null);
  expect(screen.getByText("Сначала выберите файл")).toBeVisible();
});

test("a document that was added by mistake can be taken away again", async () => {
  const sent: string[] = [];
  server.use(
    http.post(`${API}/signatures/verify/`, async ({ request }) => {
      sent.push(...(await request.formData()).keys());
      return HttpResponse.json(REPORT);
    }),
  );
  renderScreen(<UploadForm />);
  await userEvent.upload(screen.getByLabelText(/Выбрать файл/), new File(["0"], "подпись.cms"));
  await userEvent.upload(await screen.findByLabelText(/Документ, который подписан/), pdf());
  await userEvent.click(screen.getByRole("button", { name: "Убрать документ" }));
  expect(screen.getByLabelText(/Документ, который подписан/)).toHaveFocus();
  await userEvent.click(screen.getByRole("button", { name: "Проверить" }));
  await screen.findByRole("heading", { name: "Подтвердить не удалось" });
  expect(sent).toEqual(["signature"]);
});

test("without a time stamp nobody reads the moment of the check as the time of signing", async () => {
  const signers = REPORT.signers.map((signer) => ({
    ...signer,
    verdict: "valid" as const,
    time_source: "now" as const,
    timestamp: null,
  }));
  server.use(
    http.post(`${API}/signatures/verify/`, () =>
      HttpResponse.json({ ...REPORT, verdict: "valid", reason: "", signers }),
    ),
  );
  renderScreen(<UploadForm />);
  await userEvent.upload(screen.getByLabelText(/Выбрать файл/), new File(["0"], "подпись.cms"));
  await userEvent.click(screen.getByRole("button", { name: "Проверить" }));
  expect(await screen.findByText(/Время подписи отметкой времени не подтверждено/)).toBeVisible();
  expect(screen.getByText(/Не подтверждено: отметки времени нет. Проверено на 25 ноября/)).toBeVisible();
  expect(screen.queryByText("Когда")).toBeNull();
});
