import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": new URL("./src", import.meta.url).pathname,
      "next/navigation": new URL("./src/testing/next-navigation.ts", import.meta.url).pathname,
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
    server: { deps: { inline: ["next-intl"] } },
  },
});
