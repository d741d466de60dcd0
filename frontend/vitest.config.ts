import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": new URL("./src", import.meta.url).pathname,
      "next/navigation": new URL("./src/testing/next-navigation.ts", import.meta.url).pathname,
      // Tests run under Node, yet what is tested is the browser's half of the library.
      "tus-js-client": new URL("./node_modules/tus-js-client/lib.esm/browser/index.js", import.meta.url)
        .pathname,
      "server-only": new URL("./src/testing/empty-module.ts", import.meta.url).pathname,
    },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost/ru" } },
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    maxWorkers: 2,
    css: false,
    server: { deps: { inline: ["next-intl", "tus-js-client"] } },
  },
});
