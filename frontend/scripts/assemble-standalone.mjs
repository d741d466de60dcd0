// The standalone server does not carry static files by itself: put them where it looks for them.
import { cpSync, existsSync } from "node:fs";

import { placePyodide } from "./place-pyodide.mjs";

cpSync(".next/static", ".next/standalone/.next/static", { recursive: true });
if (existsSync("public")) cpSync("public", ".next/standalone/public", { recursive: true });
placePyodide(".next/standalone/public");
