// One Node library in a process of its own: reads what to fill from lines, answers with seconds and memory.
// node side.mjs docxtemplater|docx-templates|docx-templates-unsandboxed|carbone
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.env.PEERS_FROM);

const sides = {
  docxtemplater: () => {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return (template, data) => {
      const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "docx-templates": () => docxTemplates(false),
  "docx-templates-unsandboxed": () => docxTemplates(true),
  carbone: () => {
    const carbone = require("carbone");
    // It reads the template from a file by itself and keeps what it has read.
    return (_template, data, path) =>
      new Promise((resolve, reject) =>
        carbone.render(path, data, (problem, made) => (problem ? reject(problem) : resolve(made))),
      );
  },
};

const docxTemplates = (noSandbox) => {
  const { createReport } = require("docx-templates");
  return async (template, data) =>
    Buffer.from(await createReport({ template, data, noSandbox, cmdDelimiter: "+++", processLineBreaks: true }));
};

const fill = sides[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const template = readFileSync(order.template);
  const data = JSON.parse(readFileSync(order.data, "utf8"));
  const answer = { seconds: [] };
  try {
    let made;
    for (let run = 0; run < order.times; run += 1) {
      const started = performance.now();
      made = await fill(template, data, order.template);
      answer.seconds.push((performance.now() - started) / 1000);
    }
    writeFileSync(order.out, made);
  } catch (problem) {
    answer.error = String(problem?.message ?? problem).slice(0, 200);
  }
  // Since this program began; maxRSS remembers the one that started it.
  answer.rss_mb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  console.log(JSON.stringify(answer));
}
process.exit(0);
