// The tests of `npm test`: every package, API, the demo and the examples, against the sources, with
// no build. The tests of the two APIs run twice: with the gate embedded in them, and in front.
import { defineConfig } from "vitest/config";
import { LongFirst } from "./tools/long-first.ts";
import { memoryFolder } from "./tools/memory-folder.ts";
import { base } from "./tools/vitest-base.ts";

const scratch = memoryFolder();
if (scratch !== undefined) process.env["TMPDIR"] ??= scratch;

const everywhere = ["**/node_modules/**", "**/dist/**"];

/** Their modules keep something for a whole file: tests of other files, a folder, the streams of the process. */
const alone = [
  "apis/*/test/upstream/in-a-file.test.ts",
  "packages/gateway/test/cli/**/*.test.ts",
  // A framework's test door changes the prototypes of `node:http`.
  "bench/test/correctness.test.ts",
];

export default defineConfig({
  ...base,
  test: {
    environment: "node",
    exclude: everywhere,
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
          // A file finds the modules of those before it in its worker: to load them anew takes longer than most files.
          isolate: false,
          include: [
            "packages/*/test/**/*.test.ts",
            "apis/*/test/**/*.test.ts",
            "demo/test/**/*.test.ts",
            "bench/test/**/*.test.ts",
            "examples/*/*.test.ts",
          ],
          exclude: [...everywhere, ...alone],
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: alone,
        },
      },
      {
        extends: true,
        test: {
          name: "proxied",
          isolate: false,
          // What meets the APIs over HTTP; their contracts and what is behind the gate know no way.
          include: ["apis/*/test/*.test.ts", "apis/*/test/answers/*.test.ts"],
          exclude: [...everywhere, "apis/*/test/same-bytes.test.ts"],
          env: { SLUICE_TESTS_WAY: "proxied" },
        },
      },
    ],
  },
});
