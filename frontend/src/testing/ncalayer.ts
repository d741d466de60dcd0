import { ws } from "msw";

import { NCALAYER_ADDRESS } from "@/lib/ncalayer";

import { server } from "./server";

/** NCALayer of this computer in screen tests: greets, and answers every request by the next of `answers`. */
export const ncaLayer = (...answers: unknown[]) => {
  const requests: unknown[] = [];
  const line = ws.link(NCALAYER_ADDRESS);
  server.use(
    line.addEventListener("connection", ({ client }) => {
      client.send(JSON.stringify({ result: { version: "1.4" } }));
      client.addEventListener("message", ({ data }) => {
        requests.push(JSON.parse(String(data)));
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer !== undefined) client.send(JSON.stringify(answer));
      });
    }),
  );
  return requests;
};

export const SIGNATURE = "-----BEGIN CMS-----\nMIIB\n-----END CMS-----";
export const SIGNED = { status: true, body: { result: [SIGNATURE] } };
export const CANCELLED = { status: true, body: {} };

/** No NCALayer here. */
export const noNcaLayer = () => {
  const line = ws.link(NCALAYER_ADDRESS);
  server.use(line.addEventListener("connection", ({ client }) => client.close()));
};
