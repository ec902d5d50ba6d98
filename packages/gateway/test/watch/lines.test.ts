// The lines: what one holds, at which level, and what becomes of them when nobody can take them.

import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { VirtualClock } from "sluice/base";
import type { GateEvent, LogRow } from "sluice/gate";
import { describe, expect, it, onTestFinished } from "vitest";
import { type LinesOptions, openLines } from "../../src/watch/lines.ts";
import { requestLine } from "../../src/watch/request-line.ts";
import { turns } from "../door/fixtures/turns.ts";
import { row } from "./fixtures/row.ts";

const same = (text: string) => text;

function open(log: LinesOptions["log"]) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-lines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "lines");
  const lines = openLines({ log, redact: same, to: file });
  const written = async () => {
    await lines.close();
    const text = readFileSync(file, "utf8");
    return text === ""
      ? []
      : text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
  };
  return { lines, written };
}

describe("the line of a request", () => {
  it("holds its row and nothing else", () => {
    const sent = row({ operation: "hello", accountId: "acct_1", keyId: "key_1", windowLimit: 10 });
    const strange = Object.assign({ secret: "a key" }, sent);
    expect(JSON.parse(requestLine(strange, same))).toEqual({
      level: 30,
      time: sent.atMs,
      msg: "request",
      requestId: sent.requestId,
      method: "GET",
      path: "/v1/hello",
      status: 200,
      durationMs: 1.235,
      ending: "done",
      endedAt: "settle",
      operation: "hello",
      accountId: "acct_1",
      keyId: "key_1",
      windowLimit: 10,
    });
  });

  it("tells what refused, and what it came to", () => {
    const refused: Partial<LogRow> = {
      ...{ status: 402, ending: "refused", endedAt: "reserve", code: "no_credits" },
      ...{ condition: "credits_exhausted", by: "account", param: "n", retryAfterMs: 1_000 },
      ...{ held: 5, charged: 3, windowRemaining: 0, simulated: true, degraded: "limits" },
      clientRequestId: "mine",
    };
    expect(JSON.parse(requestLine(row(refused), same))).toMatchObject(refused);
  });

  it.each([
    [{ status: 200, ending: "done" }, 30],
    [{ status: 429, ending: "refused" }, 30],
    [{ status: 499, ending: "abandoned" }, 30],
    [{ status: 503, ending: "refused" }, 40],
    [{ status: 500, ending: "fault" }, 50],
  ] as const)("%o is at level %i", (changed, level) => {
    expect(JSON.parse(requestLine(row(changed), same)).level).toBe(level);
  });

  it("is one line of JSON, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        (text, ms) => {
          const odd = row({ path: text, param: text, code: text, method: text, durationMs: ms });
          const line = requestLine(odd, same);
          expect(line.indexOf("\n")).toBe(line.length - 1);
          expect(JSON.parse(line)).toMatchObject({ path: text, param: text, code: text });
        },
      ),
    );
  });
});

describe("what is written", () => {
  const events: readonly GateEvent[] = [
    { kind: "fault", step: "run", requestId: "r", error: new Error("no", { cause: "why" }) },
    { kind: "limits_down", error: "gone" },
    { kind: "limits_back" },
    { kind: "hold_expired", holdId: "h" },
    { kind: "unfolded", requestId: "r", operation: "o", status: 418 },
  ];

  it("are requests and events, in order, each on a line with its facts", async () => {
    const { lines, written } = open("requests");
    lines.say("Listening");
    lines.request(row());
    for (const event of events) lines.event(event);
    lines.fail("Reading", new TypeError("not this"));
    expect(await written()).toMatchObject([
      { level: 30, msg: "Listening" },
      { level: 30, msg: "request" },
      {
        level: 50,
        msg: "fault",
        step: "run",
        error: { name: "Error", message: "no", cause: { name: "string", message: "why" } },
      },
      { level: 40, msg: "limits_down", error: { message: "gone" } },
      { level: 30, msg: "limits_back" },
      { level: 40, msg: "hold_expired", requestId: "h" },
      { level: 40, msg: "unfolded", operation: "o", status: 418 },
      { level: 50, msg: "Reading", error: { name: "TypeError" } },
    ]);
  });

  it("is handed over together, after a while at the latest", async () => {
    const clock = new VirtualClock();
    const folder = mkdtempSync(join(tmpdir(), "sluice-lines-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "lines");
    const lines = openLines({ log: "requests", redact: same, to: file, clock });
    const written = () => readFileSync(file, "utf8").split("\n").length - 1;
    for (let i = 0; i < 130; i++) lines.request(row());
    await turns(() => existsSync(file) && written() === 128);
    await clock.advance(99);
    expect(written()).toBe(128);
    await clock.advance(1);
    await turns(() => written() === 130);
    expect(clock.pendingTimers).toBe(0);
    await lines.close();
  });

  it("are events only, or nothing, where that is asked for", async () => {
    const some = open("events");
    some.lines.request(row());
    some.lines.event({ kind: "limits_back" });
    expect(await some.written()).toMatchObject([{ msg: "limits_back" }]);
    const none = openLines({ log: "none", redact: same });
    none.request(row());
    none.event({ kind: "limits_back" });
    await none.close();
    expect(none.dropped()).toBe(0);
  });

  it("is dropped and counted, when it cannot be written, and ends nothing", async () => {
    const file = openSync("/dev/full", "w");
    const lines = openLines({ log: "requests", redact: same, to: file });
    for (let i = 0; i < 40_000; i++) lines.request(row());
    expect(lines.dropped()).toBeGreaterThan(0);
    await lines.close();
    closeSync(file);
  });
});
