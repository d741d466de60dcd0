import type { AddressInfo } from "node:net";

import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { WebSocket as Line, WebSocketServer } from "ws";

import { server as network } from "@/testing/server";

import { fromBase64, NcaLayerError, signByNcaLayer, type SigningWish, toBase64 } from "./ncalayer";

const CMS = "-----BEGIN CMS-----\nMIIB\n-----END CMS-----";
const GREETING = { result: { version: "1.4" } };

const wish = (extra: Partial<SigningWish> = {}): SigningWish => ({
  data: new TextEncoder().encode("%PDF-1.7 письмо"),
  extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"],
  anyChain: false,
  withTimeStamp: true,
  locale: "kk",
  ...extra,
});

let program: WebSocketServer | null = null;

/** A program of the same computer: greets, then answers every request by `answer`. */
const start = async (answer: (line: Line, request: unknown) => void, greeting: unknown = GREETING) => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  program = server;
  server.on("connection", (line) => {
    if (greeting !== null) line.send(JSON.stringify(greeting));
    line.on("message", (data) => answer(line, JSON.parse(String(data))));
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return `ws://127.0.0.1:${port}`;
};

const say = (body: unknown) => (line: Line) => line.send(JSON.stringify(body));

const troubleOf = async (promise: Promise<string>) => {
  const error: unknown = await promise.catch((failure: unknown) => failure);
  return error instanceof NcaLayerError ? [error.trouble, error.said] : error;
};

// The wire here is a real one; only the browser's end of it is of the same library, as jsdom's own fails under Node.
beforeAll(() => {
  network.close();
  vi.stubGlobal("WebSocket", Line);
});
afterAll(() => vi.unstubAllGlobals());

afterEach(async () => {
  for (const line of program?.clients ?? []) line.terminate();
  await new Promise((resolve) => (program ? program.close(resolve) : resolve(null)));
  program = null;
});

test("hands over the very bytes and asks for a signature without them", async () => {
  const requests: unknown[] = [];
  const address = await start((line, request) => {
    requests.push(request);
    say({ status: true, body: { result: [CMS] } })(line);
  });
  const onAsked = vi.fn();
  await expect(signByNcaLayer(address, wish({ iin: "900101300122" }), { onAsked })).resolves.toBe(CMS);
  expect(onAsked).toHaveBeenCalledOnce();
  expect(requests).toEqual([
    {
      module: "kz.gov.pki.knca.basics",
      method: "sign",
      args: {
        allowedStorages: null,
        format: "cms",
        data: toBase64(wish().data),
        signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: {} },
        signerParams: { extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"], iin: "900101300122", chain: null },
        locale: "kk",
      },
    },
  ]);
});

test("asks for no time stamp and for keys of any authority where it is told so", async () => {
  const requests: { args: { signingParams: unknown; signerParams: unknown; locale: string } }[] = [];
  const address = await start((line, request) => {
    requests.push(request as (typeof requests)[number]);
    say({ status: true, body: { result: CMS } })(line);
  });
  await signByNcaLayer(address, wish({ anyChain: true, withTimeStamp: false, bin: "", locale: "en" }));
  expect(requests[0]?.args.signingParams).toEqual({ decode: true, encapsulate: false, digested: false });
  expect(requests[0]?.args.signerParams).toEqual({ extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"], chain: [] });
  expect(requests[0]?.args.locale).toBe("ru");
});

test.each([
  ["an answer without a result is a closed window", { status: true, body: {} }, ["cancelled", ""]],
  [
    "its own refusal keeps its words",
    { status: false, code: "INVOCATION_ERROR", message: "Токен вынут" },
    ["refused", "Токен вынут"],
  ],
  [
    "an answer of the older kind means an old program",
    { code: "500", message: "Module not found" },
    ["old", "Module not found"],
  ],
  ["an unknown module means an old program", { status: false, code: "MODULE_NOT_FOUND" }, ["old", ""]],
  ["an empty signature is none", { status: true, body: { result: [] } }, ["refused", ""]],
  ["what is no JSON object is none", "?", ["refused", ""]],
])("%s", async (_name, body, trouble) => {
  const address = await start(say(body));
  expect(await troubleOf(signByNcaLayer(address, wish()))).toEqual(trouble);
});

test("nobody listens: not there", async () => {
  const address = await start(() => undefined);
  await new Promise((resolve) => program?.close(resolve));
  program = null;
  expect(await troubleOf(signByNcaLayer(address, wish()))).toEqual(["absent", ""]);
});

test("somebody listens but does not greet: not there after the time is over", async () => {
  const address = await start(() => undefined, null);
  expect(await troubleOf(signByNcaLayer(address, wish(), { connectMs: 100 }))).toEqual(["absent", ""]);
});

test("another program at this address gets nothing to sign", async () => {
  const requests: unknown[] = [];
  const address = await start((_, request) => requests.push(request), { hello: "printer" });
  expect(await troubleOf(signByNcaLayer(address, wish()))).toEqual(["absent", ""]);
  expect(requests).toEqual([]);
});

test("the program ends while a key is being chosen", async () => {
  const address = await start((line) => line.close());
  expect(await troubleOf(signByNcaLayer(address, wish()))).toEqual(["closed", ""]);
});

test("waits as long as choosing takes, longer than for the connection", async () => {
  const address = await start((line) =>
    setTimeout(() => say({ status: true, body: { result: CMS } })(line), 200),
  );
  await expect(signByNcaLayer(address, wish(), { connectMs: 100 })).resolves.toBe(CMS);
});

test("one request at a time; cancelling frees the way for the next", async () => {
  let answers = 0;
  const address = await start((line) => {
    answers += 1;
    if (answers > 1) say({ status: true, body: { result: CMS } })(line);
  });
  const control = new AbortController();
  const asked = new Promise<void>((resolve) => {
    void troubleOf(signByNcaLayer(address, wish(), { signal: control.signal, onAsked: resolve }));
  });
  await asked;
  expect(await troubleOf(signByNcaLayer(address, wish()))).toEqual(["busy", ""]);
  control.abort();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await expect(signByNcaLayer(address, wish())).resolves.toBe(CMS);
});

test("bytes of any size survive base64", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index % 256);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});
