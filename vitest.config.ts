// The tests of `npm test`: every package, API, the demo and the examples, against the sources, with
// no build. The tests of the two APIs run twice: with the gate embedded in them, and in front.
import { defineConfig } from "vitest/config";
import { LongFirst } from "./tools/long-first.ts";
import { memoryFolder } from "./tools/memory-folder.ts";
import { base } from "./tools/vitest-base.ts";

const scratch = memoryFolder();
if (scratch !== undefined) process.env["TMPDIR"] ??= scratch;

export default defineConfig({
  ...base,
  test: {
    environment: "node",
    exclude: ["**/node_modules/**", "**/dist/**"],
    sequence: { sequencer: LongFirst },
    // On two processors: half of the files wait for a server, a worker or a clock most of their time.
    maxWorkers: 3,
    // Nothing is measured by it: it ends what hangs, also on a machine that is busy with something else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
