// A request log as a file: whatever its form and its order, its calls come in the order in which they came, and no line of it is
// lost without a word.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { PastCall } from "sluice/sim";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../../../../src/cli/simulate/plan/csv.ts";
import { LogFile } from "../../../../src/cli/simulate/plan/log-file.ts";
import { linesFrom } from "../../../../src/cli/simulate/plan/log-lines.ts";
import { newFolder } from "../../fixtures/command.ts";

const folder = () => newFolder();
const row = (atMs: number, more: object = {}) =>
  JSON.stringify({ atMs, accountId: "a", operation: "look", status: 200, ...more });

interface ReadLog {
  readonly calls: readonly PastCall[];
  readonly file: LogFile;
}

async function read(text: string, skipBad = false, name = "log.jsonl"): Promise<ReadLog> {
  const path = join(folder(), name);
  writeFileSync(path, text);
  const file = new LogFile({ file: path, skipBad, onProgress: () => undefined });
  const calls: PastCall[] = [];
  for await (const some of file.calls()) calls.push(...some);
  return { calls, file };
}

const times = ({ calls }: ReadLog) => calls.map(({ atMs }) => atMs);
const complaintOf = (text: string, name?: string) =>
  read(text, false, name).then(
    () => "none",
    (error: Error) => error.message,
  );

describe("a log as a file", () => {
  it("is read from either end, whatever the lines are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 5 }).map((text) => text.replaceAll(/[\r\n]/g, "é"))),
        fc.boolean(),
        fc.boolean(),
        async (texts, fromEnd, endsWithNewline) => {
          const path = join(folder(), "lines");
          writeFileSync(path, texts.join("\n") + (endsWithNewline ? "\n" : ""));
          const found: string[] = [];
          for await (const lines of linesFrom(path, fromEnd)) {
            found.push(...lines.map(({ text }) => text));
          }
          const expected = texts.map((text) => text.toWellFormed()).filter((text) => text !== "");
          expect(fromEnd ? found.toReversed() : found).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is larger than a piece of it, and whole from either end", async () => {
    const rows = Array.from({ length: 9_000 }, (_, at) => row(1_000 + at, { requestId: `r${at}` }));
    const forward = await read(rows.join("\n"));
    const backward = await read(`${rows.toReversed().join("\n")}\n`);
    expect(times(forward)).toEqual(rows.map((_, at) => 1_000 + at));
    expect(backward.calls).toEqual(forward.calls);
    expect([forward.file.isNewestFirst, backward.file.isNewestFirst]).toEqual([false, true]);
  });

  it("is put in order where rows were written as their requests ended", async () => {
    expect(times(await read([row(5), row(3), row(9), row(4)].join("\n")))).toEqual([3, 4, 5, 9]);
  });

  it("says of a row that comes far too late where it is", async () => {
    const late = [...Array.from({ length: 30_000 }, (_, at) => row(100 + at)), row(1)].join("\n");
    expect(await complaintOf(late)).toMatch(/line 30001 came more than 10000 rows too late: sort/);
  });

  it("may be what a gateway writes, with lines on other things", async () => {
    const lines = [
      '{"level":30,"time":1,"msg":"request","requestId":"r","method":"GET","path":"/x","status":200,"accountId":"a"}',
      '{"level":40,"time":2,"msg":"limits_down"}',
      '{"level":30,"time":3,"msg":"request","requestId":"r","method":"GET","path":"/x","status":401}',
    ];
    const log = await read(lines.join("\n"));
    expect(log.calls).toMatchObject([{ atMs: 1, path: "/x" }]);
    expect([log.file.none, log.file.bad]).toEqual([2, 0]);
  });

  it("may be CSV, with quotes, moments and columns that nobody reads", async () => {
    const text =
      'At,account,Status,operation,charged,tea\r\n2026-11-22T10:00:00Z,"a, ""b""",200,look,3,green\r\n2026-11-22T10:00:01Z,c,429,look,,\r\n';
    const log = await read(text, false, "log.csv");
    expect(log.calls).toEqual([
      {
        atMs: Date.UTC(2026, 10, 22, 10),
        accountId: 'a, "b"',
        status: 200,
        operation: "look",
        charged: 3,
      },
      { atMs: Date.UTC(2026, 10, 22, 10, 0, 1), accountId: "c", status: 429, operation: "look" },
    ]);
    expect(log.file.unread).toEqual(["tea"]);
    expect(cellsOf('a,"b')).toBeUndefined();
    expect(cellsOf('"a"b,c')).toBeUndefined();
    expect(cellsOf("a,,")).toEqual(["a", "", ""]);
  });

  it("says what is wrong, in which line, and what to do", async () => {
    const bad: readonly (readonly [string, RegExp])[] = [
      ["nonsense", /line 2 is no JSON. Mend it, or leave such lines out: --skip-bad/],
      ["[]", /line 2 is no object/],
      [row(Number.NaN), /line 2 has no time that can be read: nothing/],
      [row(-1), /line 2 has no time that can be read: -1/],
      [row(2, { status: "ok" }), /line 2 has the status "ok"/],
      [row(2, { status: 99 }), /line 2 has the status 99/],
      [row(2, { charged: -1 }), /line 2 has charged -1/],
      [row(2, { charged: 1.5 }), /line 2 has charged 1.5/],
      [row(2, { ending: "well" }), /line 2 has ending "well": it is one of done/],
      [row(2, { operation: undefined }), /line 2 has neither an operation nor a path/],
      [row(2, { accountId: 7 }), /line 2 has accountId 7/],
      [row(2, { simulated: "no" }), /line 2 has simulated "no"/],
    ];
    for (const [line, message] of bad) {
      expect(await complaintOf(`${row(1)}\n${line}\n${row(3)}`)).toMatch(message);
    }
    expect(await complaintOf("")).toMatch(/is empty/);
    expect(await complaintOf("when,account,status\n", "log.csv")).toMatch(/no column "at"/);
    expect(await complaintOf("at,acount,status\n", "log.csv")).toMatch(/Is "acount" meant\?/);
    const csv = "at,account,status,path\n1,a,200\n";
    expect(await complaintOf(csv, "log.csv")).toMatch(
      /line 2 has 3 cells, and the first line has 4/,
    );
    expect(await complaintOf(`{"a":"${"x".repeat(2_000_000)}"}`)).toMatch(
      /longer than 1048576 bytes/,
    );
  });

  it("counts the lines that are left out, and keeps the first", async () => {
    const log = await read(`${row(1)}\nx\n\ny\n${row(4)}`, true);
    expect(times(log)).toEqual([1, 4]);
    expect([log.file.bad, log.file.firstBad]).toEqual([2, "line 2 is no JSON"]);
  });
});
