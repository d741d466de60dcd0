import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import { forgetQueues } from "./queue";
import { COMMENT_RULES, type FileRules, PAPER_RULES } from "./rules";
import { Uploader } from "./uploader";

const KB = 1024;

const pdf = (name: string, kilobytes = 1) =>
  new File([new Uint8Array(kilobytes * KB)], name, {
    type: "application/pdf",
    lastModified: 1_700_000_000_000,
  });

const attach = vi.fn<(id: string) => Promise<unknown>>();
let tus = tusServer();

beforeEach(() => {
  forgetQueues();
  attach.mockReset();
  attach.mockResolvedValue(undefined);
  tus = tusServer();
  server.use(...tus.handlers);
});

const show = (rules: FileRules = PAPER_RULES) =>
  renderScreen(
    <Uploader
      slot="paper:1"
      label="Загрузить файл"
      fileLabel="Файл: Справка"
      rules={rules}
      attach={attach}
      shotsName="Справка"
    />,
  );

const give = (...files: File[]) =>
  userEvent.upload(screen.getByLabelText("Файл: Справка"), files, { applyAccept: false });

test("what fits is said before anybody chooses", () => {
  show();
  expect(screen.getByText(/PDF, JPG, PNG, до 10.МБ\./)).toBeVisible();
});

test("a file goes by parts of 256 KB and is used up once it is there whole", async () => {
  show();
  await give(pdf("скан.pdf", 600));
  await waitFor(() => expect(attach).toHaveBeenCalledWith("upload-1"));
  expect(tus.asked).toEqual(["POST", "PATCH", "PATCH", "PATCH"]);
  expect(tus.uploads.get("upload-1")).toEqual({ size: 600 * KB, bytes: 600 * KB, name: "скан.pdf" });
  await waitFor(() => expect(screen.queryByRole("list", { name: "Файлы в пути" })).not.toBeInTheDocument());
  expect(screen.getByText("Файл скан.pdf отправлен")).toBeInTheDocument();
});

test("a cut line is told and mends itself from where the server has it", async () => {
  let cuts = 1;
  tus.meddle((method, kept) =>
    method === "PATCH" && kept?.bytes === 256 * KB && cuts-- > 0 ? HttpResponse.error() : undefined,
  );
  show();
  await give(pdf("скан.pdf", 600));
  expect(await screen.findByText(/Связь прервалась на \d+ %/)).toBeVisible();
  await waitFor(() => expect(attach).toHaveBeenCalledTimes(1));
  expect(tus.asked).toEqual(["POST", "PATCH", "PATCH", "HEAD", "PATCH", "PATCH"]);
  expect(tus.uploads.get("upload-1")?.bytes).toBe(600 * KB);
});

test("after a reload the same file at the same place goes on and does not begin anew", async () => {
  tus.meddle((method, kept) =>
    method === "PATCH" && kept?.bytes === 256 * KB ? HttpResponse.error() : undefined,
  );
  const { unmount } = show();
  await give(pdf("скан.pdf", 600));
  await screen.findByText(/Связь прервалась/);
  unmount();
  forgetQueues();
  tus.meddle(() => undefined);
  tus.asked.length = 0;
  show();
  await give(pdf("скан.pdf", 600));
  await waitFor(() => expect(attach).toHaveBeenCalledWith("upload-1"));
  expect(tus.asked.slice(0, 2)).toEqual(["HEAD", "PATCH"]);
  expect(tus.uploads.size).toBe(1);
});

test("a file that the server refuses says why, holds nobody up and is not sent again", async () => {
  tus.meddle((method, kept) =>
    method === "PATCH" && kept?.name === "злой.pdf"
      ? problem(422, "files.type_not_allowed", { detail: "Пришлите PDF или фото." })
      : undefined,
  );
  show(COMMENT_RULES);
  await give(pdf("злой.pdf"), pdf("добрый.pdf", 2));
  await waitFor(() => expect(attach).toHaveBeenCalledWith("upload-2"));
  const list = screen.getByRole("list", { name: "Файлы в пути" });
  expect(within(list).getByText("Пришлите PDF или фото.")).toBeVisible();
  expect(within(list).queryByText("добрый.pdf")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Повторить: злой.pdf" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Убрать из списка: злой.pdf" }));
  expect(screen.queryByText("злой.pdf")).not.toBeInTheDocument();
});

test("a wrong kind, an empty file and one too many never leave the device", async () => {
  show({ ...COMMENT_RULES, maxFiles: 2 });
  await give(new File(["x"], "вирус.exe"), new File([], "пусто.pdf"), pdf("лишний.pdf"));
  expect(screen.getByText(/Такой файл не подойдёт/)).toBeVisible();
  expect(screen.getByText("Файл пустой. Выберите другой.")).toBeVisible();
  expect(screen.getByText(/Можно приложить 2 файла/)).toBeVisible();
  expect(tus.asked).toEqual([]);
});

test("when using the upload up fails by the line, another try sends nothing again", async () => {
  attach.mockRejectedValueOnce(new Error("cut"));
  show();
  await give(pdf("скан.pdf"));
  await userEvent.click(await screen.findByRole("button", { name: "Повторить: скан.pdf" }));
  await waitFor(() => expect(attach).toHaveBeenCalledTimes(2));
  expect(tus.asked).toEqual(["POST", "PATCH"]);
});

test("a pause keeps what was sent; going on asks the server how much it has", async () => {
  tus.meddle((method, kept) =>
    method === "PATCH" && kept?.bytes === 256 * KB ? HttpResponse.error() : undefined,
  );
  show();
  await give(pdf("скан.pdf", 600));
  await screen.findByText(/Связь прервалась/);
  await userEvent.click(screen.getByRole("button", { name: "Приостановить: скан.pdf" }));
  expect(screen.getByText(/На паузе: отправлено/)).toBeVisible();
  expect(attach).not.toHaveBeenCalled();
  tus.meddle(() => undefined);
  await userEvent.click(screen.getByRole("button", { name: "Продолжить: скан.pdf" }));
  await waitFor(() => expect(attach).toHaveBeenCalledTimes(1));
  expect(tus.asked.filter((method) => method === "POST")).toHaveLength(1);
});

test("who changes his mind takes the file back from the server too", async () => {
  tus.meddle((method, kept) =>
    method === "PATCH" && kept?.bytes === 256 * KB ? HttpResponse.error() : undefined,
  );
  show();
  await give(pdf("скан.pdf", 600));
  await screen.findByText(/Связь прервалась/);
  await userEvent.click(screen.getByRole("button", { name: "Отменить отправку: скан.pdf" }));
  await waitFor(() => expect(tus.uploads.size).toBe(0));
  expect(screen.queryByText("скан.pdf")).not.toBeInTheDocument();
  expect(attach).not.toHaveBeenCalled();
});
