// The tests of `npm run torture`: long fuzzing, many seeds, kill loops. Files named `*.torture.ts`.
import { defineConfig } from "vitest/config";
import { base } from "./tools/vitest-base.ts";

export default defineConfig({
  ...base,
  test: {
    environment: "node",
    include: [
      "packages/*/test/**/*.torture.ts",
      "apis/*/test/**/*.torture.ts",
      "demo/test/**/*.torture.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
  },
});
