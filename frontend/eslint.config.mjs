import nextVitals from "eslint-config-next/core-web-vitals";
import nextTypescript from "eslint-config-next/typescript";
import { defineConfig, globalIgnores } from "eslint/config";

const restrict = (patterns) => ["error", { patterns }];

export default defineConfig([
  ...nextVitals,
  ...nextTypescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
    },
  },
  {
    // app → features → shared: a feature reaches its own files by relative paths and no other feature.
    files: ["src/features/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": restrict([
        {
          group: ["@/features/*"],
          message: "A feature never imports another feature; compose them in a page.",
        },
        { group: ["@/app/*"], message: "Pages import features, not the other way." },
      ]),
    },
  },
  {
    files: ["src/components/**/*.{ts,tsx}", "src/lib/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": restrict([
        { group: ["@/features/*", "@/app/*"], message: "Shared code knows neither features nor pages." },
      ]),
    },
  },
  globalIgnores([".next/**", "next-env.d.ts", "src/api/schema.d.ts"]),
]);
