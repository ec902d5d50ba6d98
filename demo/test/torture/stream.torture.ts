// A stream, and the server killed when its n-th event was heard, for each n: what it held comes back, it is charged
// if its completion was heard and else not, and its idempotency key never charges again.

import { join } from "node:path";
import { seededRandom, systemClock } from "sluice/base";
import { openSqliteStores } from "sluice/store/sqlite";
import { expect, test } from "vitest";
import { type DemoProcess, newHome, startDemo } from "../demo-process.ts";
import { type HeardEvent, MaveraCaller } from "../mavera-caller.ts";
import { type HoldRow, readBooks } from "./books.ts";
import { say } from "./report.ts";

const minuteMs = 60_000;
const seed = process.env["TORTURE_SEED"] ?? String(systemClock.wallMs());
/** Far enough apart that none follows before the server is dead. */
const gapMs = 200;
const key = "enterprise";
/** Ten thousand characters are 2,500 tokens, so three credits. */
const credits = 3;
const question = {
  model: "mavera-1",
  input: [
    { role: "user", content: "x".repeat(10_000) },
    { role: "user", content: "Hello" },
  ],
  stream: true,
};
/** Of this answer, with the last one, which has no name. */
const events = 11;
const completion = "response.completed";

interface Cut {
  readonly requestId: string;
  readonly names: readonly (string | undefined)[];
}

test("a server that is killed at any event of a stream charges for what was completed", {
  timeout: 5 * minuteMs,
}, async () => {
  const random = seededRandom(`${seed}/stream`);
  say(`TORTURE_SEED=${seed}, ${events} events`);
  const home = newHome();
  const file = join(home, "state", "sluice.db");
  let server = await startDemo(home);
  let charged = 0;
  for (let n = 0; n <= events; n++) {
    const sent = {
      json: { ...question, delay: gapMs * (events - 2) + random.integer(100) },
      headers: { "Idempotency-Key": `stream-${n}` },
    };
    const { requestId, names } = await cutAt(server, n, sent);
    server = await startDemo(home);
    // The first event comes with the head, and the last with the completion: they are heard together, or not.
    const atMost = n === 0 || n === events - 1 ? n + 1 : n;
    expect(names.length).toBeGreaterThanOrEqual(n);
    expect(names.length).toBeLessThanOrEqual(atMost);
    const isCompleted = names.includes(completion);
    expect(isCompleted).toBe(n >= events - 1);
    charged += isCompleted ? credits : 0;
    const held = isCompleted
      ? { state: "settled", charged: credits }
      : { state: "expired", charged: 0 };
    expect(holdOf(file, requestId)).toMatchObject(held);

    const caller = new MaveraCaller(server.file);
    const again = await caller.send(key, "POST /responses", sent);
    expect(again).toMatchObject({
      status: 422,
      body: { error: { code: "idempotency_key_reused", param: "Idempotency-Key" } },
    });
    expect(await caller.used(key)).toBe(charged);
    expect(await judge(file)).toEqual([]);
    const fate = isCompleted ? `charged ${credits}` : "not charged";
    const last = names.at(-1) ?? (n === 0 ? "the head" : "the end");
    say(`killed after ${names.length}/${events} events, ${last}: ${fate}`);
  }
  expect(charged).toBe(2 * credits);
});

/** Asks for a stream, and kills the server in the moment in which so many events were heard. */
async function cutAt(server: DemoProcess, count: number, sent: object): Promise<Cut> {
  const caller = new MaveraCaller(server.file);
  const { status, headers, events } = await caller.stream(key, "POST /responses", sent);
  expect(status).toBe(200);
  const heard: HeardEvent[] = [];
  try {
    if (count === 0) server.signal("SIGKILL");
    for await (const event of events) {
      heard.push(event);
      if (heard.length === count) server.signal("SIGKILL");
    }
  } catch {
    // The connection broke with its server.
  }
  await server.ended;
  const names = heard.map(({ name }) => name);
  return { requestId: headers.get("X-Request-Id") ?? "", names };
}

function holdOf(file: string, requestId: string): HoldRow | undefined {
  return readBooks(file).holds.find(({ id }) => id === requestId);
}

/** No hold is left, and the money adds up. */
async function judge(file: string): Promise<readonly string[]> {
  const open = readBooks(file).holds.filter(({ state }) => state === null);
  const stores = await openSqliteStores({ file });
  const broken = await stores.audit().finally(() => stores.close());
  return [...open.map((row) => JSON.stringify(row)), ...broken];
}
