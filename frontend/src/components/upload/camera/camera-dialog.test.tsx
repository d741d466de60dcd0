import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import { CameraDialog } from "./camera-dialog";
import { forgetBooks } from "./shot-book";

const [WIDTH, HEIGHT] = [300, 400];

/** A bright sheet on a dark table, from a tenth to nine tenths of the picture. */
const sheet = () => {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(40);
  for (let y = HEIGHT / 10; y < HEIGHT * 0.9; y += 1) {
    data.fill(235, (y * WIDTH + WIDTH / 10) * 4, (y * WIDTH + WIDTH * 0.9) * 4);
  }
  return { width: WIDTH, height: HEIGHT, data };
};

/** jsdom draws nothing: the browser's part is played by a camera that always sees the same sheet. */
beforeEach(() => {
  forgetBooks();
  vi.stubGlobal("createImageBitmap", (file: File) =>
    file.name.endsWith(".txt")
      ? Promise.reject(new Error("no picture"))
      : Promise.resolve({ width: WIDTH, height: HEIGHT, close: () => undefined }),
  );
  const context = { drawImage: () => undefined, getImageData: sheet };
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) =>
    done(new Blob(["jpeg"], { type: "image/jpeg" })),
  );
  URL.createObjectURL = vi.fn(() => "blob:photo");
  URL.revokeObjectURL = vi.fn();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const attach = vi.fn<(id: string) => Promise<unknown>>(() => Promise.resolve());
const onClose = vi.fn();

const show = () => {
  attach.mockClear();
  onClose.mockClear();
  renderScreen(<CameraDialog slot="paper:1" name="Справка" attach={attach} onClose={onClose} />);
  return within(screen.getByRole("dialog", { name: "Фото страниц" }));
};

const shot = (name = "a.jpg") => new File(["x"], name, { type: "image/jpeg" });

const take = (...files: File[]) =>
  userEvent.upload(screen.getByLabelText("Из галереи", { selector: "input" }), files, { applyAccept: false });

const made = {
  id: "pdf-1",
  name: "Справка.pdf",
  size: 9,
  offset: 9,
  state: "complete",
  code: "",
  detail: "",
};

test("two pages are put in order, turned, corrected and become one PDF", async () => {
  const asked = vi.fn();
  server.use(
    ...tusServer().handlers,
    http.post(`${API}/uploads/combine/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json(made, { status: 201 });
    }),
  );
  const dialog = show();
  await take(shot("1.jpg"), shot("2.jpg"));
  expect(await dialog.findByRole("button", { name: "Страница 2 из 2" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  expect(dialog.getByText(/Поставьте точки на углы страницы/)).toBeVisible();
  fireEvent.keyDown(dialog.getByRole("button", { name: "Левый верхний угол" }), {
    key: "ArrowRight",
    shiftKey: true,
  });
  await userEvent.click(dialog.getByRole("button", { name: "Повернуть страницу 2 вправо" }));
  await userEvent.click(dialog.getByRole("button", { name: "Переставить страницу 2 раньше" }));
  expect(dialog.getByRole("button", { name: "Страница 1 из 2" })).toHaveAttribute("aria-pressed", "true");
  await userEvent.click(dialog.getByRole("radio", { name: "Серые, легче" }));
  await userEvent.click(dialog.getByRole("button", { name: "Отправить 2 страницы одним PDF" }));
  await waitFor(() => expect(attach).toHaveBeenCalledWith("pdf-1"));
  expect(asked).toHaveBeenCalledTimes(1);
  const body = asked.mock.calls[0]?.[0];
  expect(body).toMatchObject({ name: "Справка.pdf", look: "gray" });
  expect(body.uploads.map(({ id, turn }: { id: string; turn: number }) => [id, turn])).toEqual([
    ["upload-2", 90],
    ["upload-1", 0],
  ]);
  expect(body.uploads[1].corners[0][0]).toBeCloseTo(0.1, 1);
  expect(body.uploads[0].corners[0][0]).toBeCloseTo(body.uploads[1].corners[0][0] + 0.03, 3);
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
});

test("when the PDF cannot be made the pages stay, and the next try does not send them again", async () => {
  const tus = tusServer();
  let tries = 0;
  server.use(
    ...tus.handlers,
    http.post(`${API}/uploads/combine/`, () => {
      tries += 1;
      return tries === 1
        ? problem(422, "uploads.photo", { detail: "Снимок 1 не читается." })
        : HttpResponse.json(made, { status: 201 });
    }),
  );
  const dialog = show();
  await take(shot());
  await userEvent.click(await dialog.findByRole("button", { name: "Отправить 1 страницу одним PDF" }));
  expect(await dialog.findByText("Снимок 1 не читается.")).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(dialog.getByRole("button", { name: "Отправить 1 страницу одним PDF" }));
  await waitFor(() => expect(attach).toHaveBeenCalledWith("pdf-1"));
  expect(tus.asked.filter((method) => method === "POST")).toHaveLength(1);
});

test("a file that is no picture is told, and a deleted page is taken back from the server", async () => {
  const tus = tusServer();
  server.use(...tus.handlers);
  const dialog = show();
  await take(shot("note.txt"));
  expect(await dialog.findByText(/1 файл не удалось открыть как фото/)).toBeVisible();
  await take(shot());
  await waitFor(() => expect(tus.uploads.get("upload-1")?.bytes).toBeGreaterThan(0));
  await userEvent.click(await dialog.findByRole("button", { name: "Удалить страницу 1" }));
  await waitFor(() => expect(tus.uploads.size).toBe(0));
  expect(dialog.queryByRole("button", { name: /Отправить/ })).not.toBeInTheDocument();
});
