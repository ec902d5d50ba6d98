// The tests of `npm test`: every package, API, the demo and the examples, against the sources, with
// no build.
import { defineConfig } from "vitest/config";
import { base } from "./tools/vitest-base.ts";

export default defineConfig({
  ...base,
  test: {
    environment: "node",
    include: [
      "packages/*/test/**/*.test.ts",
      "apis/*/test/**/*.test.ts",
      "demo/test/**/*.test.ts",
      "examples/*/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // Half of the files wait for a server, a worker or a clock most of their time.
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 20_000,
  },
});
