// The scoreboard's own promise: ours keeps every row but those that it loses on purpose, its judges can say no, and the
// page says what the code plays.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLIENT_ROWS, PEERS } from "../src/correctness/clients/line-up.ts";
import { play, playClients } from "../src/correctness/conductor.ts";
import type { Contender, Limiter, TwoLimits } from "../src/correctness/contender.ts";
import { expressRateLimit } from "../src/correctness/contenders/express-rate-limit.ts";
import { fastifyRateLimit } from "../src/correctness/contenders/fastify-rate-limit.ts";
import { honoRateLimiter } from "../src/correctness/contenders/hono-rate-limiter.ts";
import { sluice } from "../src/correctness/contenders/sluice.ts";
import { CONTENDERS } from "../src/correctness/line-up.ts";
import { ROWS } from "../src/correctness/rows.ts";

const page = readFileSync(new URL("../CORRECTNESS.md", import.meta.url), "utf8");
const inVirtualTime = ROWS.filter(({ isReal }) => isReal !== true);

/** The marks of a column of the page, by row. */
function columnOf(name: string): Record<string, string> {
  const marks: Record<string, string> = {};
  let at = -1;
  for (const line of page.split("\n")) {
    const cells = line.split(" | ").map((cell) => cell.replaceAll(/^\| ?| ?\|$/g, "").trim());
    if (line.startsWith("| |")) at = cells.slice(1).indexOf(name) + 1;
    const row = /^\[(.+)\]\(/.exec(cells[0] ?? "")?.[1];
    if (row !== undefined && at > 0) marks[row] = cells[at] ?? "";
  }
  return marks;
}

describe("our column", () => {
  it("keeps every promise in one process, but for what it loses on purpose", async () => {
    const played = await play(ROWS, [sluice]);
    const lost = played.flatMap(({ row, findings }) =>
      findings.get(sluice.name)?.mark === "broken" ? [row] : [],
    );
    expect(lost.filter(({ onPurpose }) => onPurpose === undefined)).toEqual([]);
    // What is lost on purpose may be kept by luck: a log that was just written, for one.
    const marks = played
      .filter(({ row }) => lost.every(({ name }) => name !== row.name))
      .map(({ row, findings }) => [row.name, findings.get(sluice.name) === undefined ? "–" : "✓"]);
    expect(columnOf(sluice.name)).toMatchObject(Object.fromEntries(marks));
  });

  it("keeps every promise of a caller", async () => {
    const [ours] = PEERS;
    if (ours === undefined) throw new Error("nobody is compared");
    const played = await playClients(CLIENT_ROWS, [ours]);
    expect(played.map(({ findings }) => findings.get(ours.name)?.mark)).toEqual(
      CLIENT_ROWS.map(() => "kept"),
    );
  });
});

describe("a judge", () => {
  const always = (passed: boolean): Contender => {
    const limits: Limiter & TwoLimits = { ask: async () => ({ passed, waitMs: 1_000 }) };
    const open = () => limits;
    return {
      ...sluice,
      name: `always ${passed}`,
      open,
      openTwo: open,
      openForgiving: open,
    } as never;
  };

  it("finds fault with who lets everything in, or nothing", async () => {
    const strangers = [always(true), always(false)].map(({ isOurs: _, ...rest }) => rest);
    const rows = inVirtualTime.filter(({ name }) => name !== "store killed");
    for (const { row, findings } of await play(rows, strangers)) {
      expect([row.name, [...findings.values()].map((found) => found?.mark)]).toEqual([
        row.name,
        expect.arrayContaining(["broken"]),
      ]);
    }
  });

  it("hears real frameworks: each admits its ten, and is told apart from an exact window", async () => {
    const rows = ROWS.filter(({ name }) => name === "edge of window");
    const peers = [expressRateLimit, fastifyRateLimit, honoRateLimiter];
    const [edge] = await play(rows, peers);
    expect([...(edge?.findings.values() ?? [])].map((found) => found?.did)).toEqual(
      peers.map(() => "19 in one window"),
    );
  });
});

describe("the page", () => {
  it("has the rows and the columns of the code", () => {
    expect(Object.keys(columnOf(sluice.name))).toEqual(ROWS.map(({ name }) => name));
    const callers = PEERS[0]?.name ?? "";
    expect(Object.keys(columnOf(callers))).toEqual(CLIENT_ROWS.map(({ name }) => name));
    for (const { name, asked, trace } of [...ROWS, ...CLIENT_ROWS]) {
      expect(page).toContain(`### ${name}\n`);
      expect(page).toContain(`*Asked:* ${asked}\n\n*Trace:* ${trace}\n`);
    }
    for (const { name, setUp } of CONTENDERS) {
      expect(Object.keys(columnOf(name))).toHaveLength(ROWS.length);
      expect(page).toContain(setUp);
    }
  });

  it("marks what we lose, and says why", () => {
    for (const { name, onPurpose } of ROWS) {
      const isLost = [columnOf("sluice"), columnOf("sluice, shared")].some((c) => c[name] === "✗");
      expect([name, isLost]).toEqual([name, onPurpose !== undefined]);
      if (onPurpose !== undefined) expect(page).toContain(onPurpose);
    }
  });
});
