import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runPart } from "../../src/board/run-part.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "sluice-part-"));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const file = fileURLToPath(new URL("./fixtures/broken-bench.ts", import.meta.url));

function run(how: string, signal = new AbortController().signal) {
  return runPart({ part: { id: "some", file, args: [how] }, more: [], scratch, signal });
}

it("a benchmark that runs to its end gives its tables", async () => {
  const { tables, plan, fault } = await run("ends");
  expect(tables.map(({ title }) => title)).toEqual(["Some table"]);
  expect(plan).toEqual({ rounds: 3, seconds: 1 });
  expect(fault).toBeUndefined();
});

it("one that breaks gives the tables that it had finished, and how it ended", async () => {
  const { tables, fault } = await run("breaks");
  expect(tables).toHaveLength(1);
  expect(fault).toBe("it ended with code 3");
});

it("one that says why it fails is quoted", async () => {
  const { tables, fault } = await run("tells");
  expect(tables).toHaveLength(1);
  expect(fault).toBe("nginx is missing. Install it");
});

it("one that measures nothing is a fault without tables, whatever an earlier run has left", async () => {
  await run("ends");
  const { tables, fault } = await run("begins");
  expect(tables).toEqual([]);
  expect(fault).toBe("it ended with code 2");
});

it("one that would never end ends when it is told to", async () => {
  const stop = new AbortController();
  const running = run("hangs", stop.signal);
  stop.abort();
  expect((await running).fault).toBe("it ended with SIGTERM");
});
