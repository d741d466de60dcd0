// @signpdf in a process of its own: reads what to sign from lines, answers with seconds, and those of the processor.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.env.PEERS_FROM);
const { SignPdf } = require("@signpdf/signpdf");
const { P12Signer } = require("@signpdf/signer-p12");
const { plainAddPlaceholder } = require("@signpdf/placeholder-plain");
const { SUBFILTER_ETSI_CADES_DETACHED, SUBFILTER_ADOBE_PKCS7_DETACHED } = require("@signpdf/utils");

const subFilters = { plain: SUBFILTER_ADOBE_PKCS7_DETACHED, pades: SUBFILTER_ETSI_CADES_DETACHED };

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const pdf = readFileSync(order.pdf);
  const p12 = readFileSync(order.p12);
  const answer = { seconds: [], cpu: [] };
  try {
    let made;
    for (let run = 0; run < order.times; run += 1) {
      const started = performance.now();
      const before = process.cpuUsage();
      const prepared = plainAddPlaceholder({
        pdfBuffer: pdf,
        reason: "Bench",
        contactInfo: "",
        name: "Kenes Hub",
        location: "",
        subFilter: subFilters[order.kind],
      });
      // A signer can be used once: it eats the file that it was given.
      made = await new SignPdf().sign(prepared, new P12Signer(p12, { passphrase: order.passphrase }));
      const used = process.cpuUsage(before);
      answer.seconds.push((performance.now() - started) / 1000);
      answer.cpu.push((used.user + used.system) / 1e6);
    }
    writeFileSync(order.out, made);
  } catch (problem) {
    answer.error = String(problem?.message ?? problem).slice(0, 200);
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
