// Runs the very checker that lies in every evidence archive, by Python compiled for browsers. Nothing leaves the page.
// A file of its own that no bundler touches: what it loads finds its other parts by their address.
const PYODIDE = new URL("/pyodide/", self.location.origin).href;
const CHECKER = new URL("/api/v1/evidence-checker/", self.location.origin).href;
const VERIFY = `
import json
from kzsign import evidence
with open("/package.zip", "rb") as package:
    found = evidence.verify_evidence(package.read(), trust=None)
json.dumps(found.as_json())
`;

const TOLD_EVERY = 262_144;

/** The page is told how much has come: whatever Python fetches by itself goes through here. */
const countWhatComes = () => {
  const fetchPlainly = self.fetch.bind(self);
  let loaded = 0;
  let told = 0;
  const count = () =>
    new TransformStream({
      transform(part, out) {
        loaded += part.byteLength;
        if (loaded - told >= TOLD_EVERY) postMessage({ stage: "loading", loaded: (told = loaded) });
        out.enqueue(part);
      },
    });
  self.fetch = async (...asked) => {
    const answer = await fetchPlainly(...asked);
    if (!answer.ok || !answer.body) return answer;
    const { status, headers } = answer;
    return new Response(answer.body.pipeThrough(count()), { status, headers });
  };
  return () => (self.fetch = fetchPlainly);
};

const load = async () => {
  const stopCounting = countWhatComes();
  try {
    return await start();
  } finally {
    stopCounting();
  }
};

const start = async () => {
  const { loadPyodide } = await import(`${PYODIDE}pyodide.mjs`);
  const [python, answer] = await Promise.all([loadPyodide({ indexURL: PYODIDE }), fetch(CHECKER)]);
  if (!answer.ok) throw new Error(`checker: ${answer.status}`);
  python.FS.writeFile("/check.pyz", new Uint8Array(await answer.arrayBuffer()));
  python.runPython('import sys\nsys.path.insert(0, "/check.pyz")');
  return python;
};

let ready;

self.onmessage = async ({ data }) => {
  try {
    ready ??= load();
    const python = await ready;
    postMessage({ stage: "checking" });
    python.FS.writeFile("/package.zip", new Uint8Array(data.archive));
    postMessage({ stage: "done", report: JSON.parse(python.runPython(VERIFY)) });
  } catch (problem) {
    ready = undefined;
    postMessage({ stage: "failed", detail: String(problem) });
  }
};
