import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { EdsWish, QrOperation, WayItem } from "@/api/signing";
import { CANCELLED, ncaLayer, noNcaLayer, SIGNATURE, SIGNED } from "@/testing/ncalayer";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";

import { request, REQUEST, REQUEST_ID, serve, way } from "../testing/serving";
import { SigningWays } from "./signing-ways";

const PDF = "%PDF-1.7";
// SHA-256 of those bytes.
const SHA256 = "cd4ba6dda81b6a1b42bc8f8d43a46b0cbeaf9f39fc7a1c9d9b0d0ec9e0e0f0a1";
const ALL = [way("sms"), way("ncalayer"), way("egov_qr"), way("paper")];

const onSigned = vi.fn();
const onChanged = vi.fn();

const device = (isPhone: boolean) => {
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), {
      media,
      matches: isPhone && media.includes("coarse"),
    }) as MediaQueryList;
};
const asPhone = () => device(true);

beforeEach(() => {
  onSigned.mockReset();
  onChanged.mockReset();
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())));
});

afterEach(() => device(false));

const show = (ways: WayItem[] = ALL, isOnCheck = false) => {
  serve(ways);
  renderScreen(
    <SigningWays
      requestId={REQUEST_ID}
      documentId="d1"
      sha256={SHA256}
      isOnCheck={isOnCheck}
      onSigned={onSigned}
      onChanged={onChanged}
    />,
  );
};

const ways = async () => (await screen.findAllByRole("radio")).map((radio) => radio.getAttribute("value"));
const choose = async (name: RegExp) => userEvent.click(await screen.findByRole("radio", { name }));

describe("choosing", () => {
  test("the best way first and chosen, closed ones with their reason", async () => {
    show([way("paper"), way("egov_qr"), way("ncalayer"), way("sms", "Номер сменился вчера, нужна ЭЦП.")]);
    expect(await ways()).toEqual(["ncalayer", "egov_qr", "paper"]);
    expect(screen.getByRole("radio", { name: /ЭЦП на этом компьютере/ })).toBeChecked();
    expect(screen.getByText(/Код из SMS: Номер сменился вчера/)).toBeVisible();
  });

  test("what closes every way alike is said once, with the way out", async () => {
    const nameless = ALL.map((one) => ({
      ...way(one.method, "Сначала укажите фамилию и имя."),
      reason_code: "signing.name_missing",
    }));
    show(nameless);
    expect(await screen.findAllByText(/Сначала укажите фамилию и имя/)).toHaveLength(1);
    expect(screen.getByRole("link", { name: /Указать имя/ })).toHaveAttribute("href", "/ru/account");
    expect(screen.queryByRole("radio")).toBeNull();
  });

  test("a phone is not offered what needs a computer", async () => {
    asPhone();
    show();
    expect(await ways()).toEqual(["sms", "egov_qr", "paper"]);
    expect(screen.getByText(/нужен компьютер/)).toBeVisible();
  });

  test("remembers the last way, unless it is closed now", async () => {
    show();
    await choose(/От руки/);
    expect(await screen.findByText("Распечатайте документ целиком.")).toBeVisible();
    expect(
      localStorage.getItem(Object.keys(localStorage).find((key) => key.includes("signing-way")) ?? ""),
    ).toBe('"paper"');
  });

  test("no way at all is said, with the reasons and how to mend them", async () => {
    show([
      { ...way("sms", "Примите соглашение."), reason_code: "signing.agreement_missing" },
      { ...way("egov_qr", "Не включено."), reason_code: "signing.qr_off" },
    ]);
    expect(await screen.findByText(/ни одним способом/)).toBeVisible();
    expect(screen.getByText(/Примите соглашение/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Принять соглашение" })).toHaveAttribute(
      "href",
      "/ru/account/consents",
    );
    expect(screen.queryByText(/Не включено/)).toBeNull();
  });
});

describe("by one's own key", () => {
  const wish = (extra: Partial<EdsWish> = {}): EdsWish => ({
    document_sha256: SHA256,
    content_url: "/api/v1/documents/d1/file/?format=pdf",
    nca_params: {
      iin: "900101300122",
      bin: null,
      ext_key_usage_oids: ["1.3.6.1.5.5.7.3.4"],
      chain_any: true,
      tsa: true,
    },
    ncalayer_url: "",
    ...extra,
  });
  const handedIn: unknown[] = [];

  const serveKey = (answer: () => Response, extra: Partial<EdsWish> = {}) => {
    handedIn.length = 0;
    // jsdom's page stands on a safe address; there the bytes are compared as well.
    vi.spyOn(crypto.subtle, "digest").mockResolvedValue(
      Uint8Array.from(SHA256.match(/../g) ?? [], (pair) => parseInt(pair, 16)).buffer,
    );
    server.use(
      http.get(`${REQUEST}/eds/`, () => HttpResponse.json(wish(extra))),
      http.get(`${API}/documents/d1/file/`, () => new HttpResponse(PDF)),
      http.post(`${REQUEST}/eds/`, async (call) => {
        handedIn.push(await call.request.json());
        return answer();
      }),
    );
  };
  const sign = async () => {
    await choose(/ЭЦП на этом компьютере/);
    await userEvent.click(await screen.findByRole("button", { name: "Подписать ЭЦП" }));
  };

  afterEach(() => vi.restoreAllMocks());

  test("has the shown bytes signed and hands the signature in", async () => {
    const requests = ncaLayer(SIGNED);
    serveKey(() => HttpResponse.json(request({ status: "signed" })));
    show();
    await sign();
    await waitFor(() => expect(onSigned).toHaveBeenCalledWith(expect.objectContaining({ status: "signed" })));
    expect(requests).toMatchObject([{ args: { data: btoa(PDF), signerParams: { iin: "900101300122" } } }]);
    expect(handedIn).toEqual([{ cms: SIGNATURE, document_sha256: SHA256 }]);
  });

  test("another document than the one that was read is never shown to the program", async () => {
    const requests = ncaLayer(SIGNED);
    serveKey(() => HttpResponse.json(request()), { document_sha256: "0".repeat(64) });
    show();
    await sign();
    await waitFor(() => expect(onChanged).toHaveBeenCalled());
    expect(requests).toEqual([]);
  });

  test("without the program the page says how to get it, and it can be tried again", async () => {
    noNcaLayer();
    serveKey(() => HttpResponse.json(request({ status: "signed" })));
    show();
    await sign();
    expect(await screen.findByText(/NCALayer не отвечает/)).toBeVisible();
    expect(screen.getByRole("link", { name: /Скачать NCALayer/ })).toHaveAttribute(
      "href",
      "https://ncl.pki.gov.kz/",
    );
    server.resetHandlers();
    ncaLayer(SIGNED);
    serveKey(() => HttpResponse.json(request({ status: "signed" })));
    await userEvent.click(screen.getByRole("button", { name: "Подписать ЭЦП" }));
    await waitFor(() => expect(onSigned).toHaveBeenCalled());
  });

  test("a closed window of the program signs nothing and says so", async () => {
    ncaLayer(CANCELLED);
    serveKey(() => HttpResponse.json(request()));
    show();
    await sign();
    expect(await screen.findByText(/Ничего не подписано и никуда не ушло/)).toBeVisible();
    expect(handedIn).toEqual([]);
  });

  test("choosing can be given up on the page", async () => {
    ncaLayer(undefined);
    serveKey(() => HttpResponse.json(request()));
    show();
    await sign();
    await userEvent.click(await screen.findByRole("button", { name: "Отменить" }));
    expect(await screen.findByText(/Подпись отменена/)).toBeVisible();
    expect(handedIn).toEqual([]);
  });

  test("a refused certificate is explained with the next step and every check", async () => {
    ncaLayer(SIGNED);
    serveKey(() =>
      problem(400, "signing.eds_other_person", {
        detail: "Этот ключ выдан другому человеку.",
        steps: [
          { name: "signature", result: "passed", reason: "" },
          { name: "usage", result: "failed", reason: "wrong_person" },
        ],
      }),
    );
    show();
    await sign();
    expect(await screen.findByText("Этот ключ выдан другому человеку.")).toBeVisible();
    expect(screen.getByText(/посмотрите, на чьё имя каждый/)).toBeVisible();
    await userEvent.click(screen.getByText("Что мы проверили"));
    expect(screen.getByText("Подпись сделана этим ключом: да")).toBeVisible();
    expect(screen.getByText(/Ключ подходит для подписи: нет/)).toBeVisible();
    expect(onSigned).not.toHaveBeenCalled();
  });

  test("when the authority does not answer the same signature is handed in again without choosing a key", async () => {
    const requests = ncaLayer(SIGNED);
    let calls = 0;
    serveKey(() => {
      calls += 1;
      return calls === 1
        ? problem(503, "signing.eds_authority_silent", { detail: "Удостоверяющий центр не отвечает." })
        : HttpResponse.json(request({ status: "signed" }));
    });
    show();
    await sign();
    expect(await screen.findByText("Удостоверяющий центр не отвечает.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Проверить подпись ещё раз" }));
    await waitFor(() => expect(onSigned).toHaveBeenCalled());
    expect(requests).toHaveLength(1);
    expect(handedIn).toHaveLength(2);
  });
});

describe("by eGov mobile", () => {
  const operation = (extra: Partial<QrOperation> = {}): QrOperation => ({
    id: "q1",
    state: "waiting",
    qr_image: "data:image/gif;base64,AAAA",
    launch_links: [{ name: "eGov mobile", url: "https://m.egov.kz/mobileSign?x=1" }],
    expires_at: new Date(Date.now() + 120_000).toISOString(),
    code: "",
    detail: "",
    ...extra,
  });
  const serveQr = (...states: Partial<QrOperation>[]) => {
    const started: number[] = [];
    server.use(
      http.post(`${REQUEST}/qr/`, () => {
        started.push(1);
        return HttpResponse.json(operation({ state: "preparing", qr_image: "", expires_at: null }), {
          status: 201,
        });
      }),
      http.get(`${API}/qr-operations/q1/`, () =>
        HttpResponse.json(operation(states.length > 1 ? states.shift() : states[0])),
      ),
    );
    return started;
  };
  const begin = async () => {
    await choose(/eGov mobile/);
    await userEvent.click(await screen.findByRole("button", { name: "Подписать в eGov mobile" }));
  };

  test("the document leaves only after a press, and the page finds out that it was signed", async () => {
    const started = serveQr({}, { state: "signed" });
    show();
    await choose(/eGov mobile/);
    expect(await screen.findByText(/передадим его сервису SIGEX/)).toBeVisible();
    expect(started).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Подписать в eGov mobile" }));
    expect(await screen.findByRole("img", { name: /QR для подписи/ })).toBeVisible();
    expect(screen.getByText(/Ждём вашей подписи ещё/)).toBeVisible();
    await waitFor(() => expect(onSigned).toHaveBeenCalledOnce());
  });

  test("a phone gets a link instead of a picture of its own screen", async () => {
    asPhone();
    serveQr({});
    show();
    await begin();
    expect(await screen.findByRole("link", { name: "Открыть eGov mobile" })).toHaveAttribute(
      "href",
      "https://m.egov.kz/mobileSign?x=1",
    );
    expect(screen.getByRole("img", { hidden: true })).not.toBeVisible();
  });

  test("a code whose time is over gives way to a new one", async () => {
    const started = serveQr({ expires_at: new Date(Date.now() - 1_000).toISOString() });
    show();
    await begin();
    expect(await screen.findByText(/Время вышло/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Начать заново" }));
    await waitFor(() => expect(started).toHaveLength(2));
  });

  test("what the server says of a failure is shown", async () => {
    serveQr({ state: "failed", detail: "Сертификат выдан другому человеку." });
    show();
    await begin();
    expect(await screen.findByText("Сертификат выдан другому человеку.")).toBeVisible();
    expect(onSigned).not.toHaveBeenCalled();
  });
});

test("why a photo was not taken stands above the place for a better one", async () => {
  show();
  server.use(
    http.get(`${REQUEST}/`, () =>
      HttpResponse.json(
        request({
          paper: {
            file_id: "f1",
            status: "refused",
            reason: "Нет второй страницы",
            handed_in_at: "2026-11-26T09:00:00Z",
          },
        }),
      ),
    ),
  );
  await choose(/От руки/);
  expect(await screen.findByText("Нет второй страницы")).toBeVisible();
  expect(screen.getByRole("button", { name: "Прислать подписанный документ" })).toBeVisible();
});

test("a paper that is being looked at opens first and says so", async () => {
  show(ALL, true);
  server.use(http.get(`${REQUEST}/`, () => HttpResponse.json({ ...request(), status: "on_check" })));
  expect(await screen.findByText("Фото у менеджера")).toBeVisible();
  expect(screen.getByRole("radio", { name: /От руки/ })).toBeChecked();
});
