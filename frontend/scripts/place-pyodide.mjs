// Puts Python for browsers where the server gives it from our own origin: the page that checks evidence archives loads it.
import { cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const FILES = [
  "pyodide.mjs",
  "pyodide.asm.mjs",
  "pyodide.asm.wasm",
  "python_stdlib.zip",
  "pyodide-lock.json",
];

export const placePyodide = (publicFolder) => {
  const source = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
  const target = join(publicFolder, "pyodide");
  mkdirSync(target, { recursive: true });
  for (const file of FILES) cpSync(join(source, file), join(target, file));
};

if (process.argv[2]) placePyodide(process.argv[2]);
