// The tests of `npm test`: every package, API, the demo and the examples, against the sources, with
// no build. The tests of the two APIs run twice: with the gate embedded in them, and in front.
import { defineConfig } from "vitest/config";
import { base } from "./tools/vitest-base.ts";

export default defineConfig({
  ...base,
  test: {
    environment: "node",
    exclude: ["**/node_modules/**", "**/dist/**"],
    // Half of the files wait for a server, a worker or a clock most of their time.
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: [
            "packages/*/test/**/*.test.ts",
            "apis/*/test/**/*.test.ts",
            "demo/test/**/*.test.ts",
            "examples/*/*.test.ts",
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "proxied",
          // What meets the APIs over HTTP; their contracts and what is behind the gate know no way.
          include: ["apis/*/test/*.test.ts", "apis/*/test/answers/*.test.ts"],
          exclude: ["apis/*/test/same-bytes.test.ts"],
          env: { SLUICE_TESTS_WAY: "proxied" },
        },
      },
    ],
  },
});
