/// <reference lib="webworker" />
/** Runs the very checker that lies in every evidence archive, by Python compiled for browsers. Nothing leaves the page. */
import type { FromWorker, ToWorker } from "./browser-check";

interface PythonFiles {
  writeFile: (path: string, data: Uint8Array) => void;
}

interface Python {
  FS: PythonFiles;
  runPython: (code: string) => unknown;
}

interface PyodideModule {
  loadPyodide: (options: { indexURL: string }) => Promise<Python>;
}

const CHECKER = "/api/v1/evidence-checker/";
const PYODIDE = "/pyodide/";
const VERIFY = `
import json
from kzsign import evidence
with open("/package.zip", "rb") as package:
    found = evidence.verify_evidence(package.read(), trust=None)
json.dumps(found.as_json())
`;

const tell = (message: FromWorker) => postMessage(message);

const start = async (): Promise<Python> => {
  const address = new URL(`${PYODIDE}pyodide.mjs`, self.location.origin).href;
  // Served as it is: the bundler must not look into it.
  const pyodide: PyodideModule = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ address);
  const [python, answer] = await Promise.all([
    pyodide.loadPyodide({ indexURL: new URL(PYODIDE, self.location.origin).href }),
    fetch(new URL(CHECKER, self.location.origin)),
  ]);
  if (!answer.ok) throw new Error(`checker: ${answer.status}`);
  python.FS.writeFile("/check.pyz", new Uint8Array(await answer.arrayBuffer()));
  python.runPython('import sys\nsys.path.insert(0, "/check.pyz")');
  return python;
};

let ready: Promise<Python> | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    tell({ stage: "loading" });
    ready ??= start();
    const python = await ready;
    tell({ stage: "checking" });
    python.FS.writeFile("/package.zip", new Uint8Array(data.archive));
    tell({ stage: "done", report: JSON.parse(String(python.runPython(VERIFY))) });
  } catch {
    ready = undefined;
    tell({ stage: "failed" });
  }
};
