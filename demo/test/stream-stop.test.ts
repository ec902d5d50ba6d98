// Stopping the demo while it streams: what has begun is finished, and what its caller gives up is still written down.

import { expect, test } from "vitest";
import { type DemoProcess, newHome, startDemo } from "./demo-process.ts";
import { type HeardEvent, MaveraCaller } from "./mavera-caller.ts";

/** Five credits, and time between its events. */
const question = {
  model: "mavera-1",
  input: [
    { role: "user", content: "x".repeat(17_000) },
    { role: "user", content: "Hello" },
  ],
  stream: true,
  delay: 1_000,
};
const credits = 5;
const piece = "response.output_text.delta";

/** A stream of which a first piece was heard, on a demo that was told to stop then. */
async function streamAndStop(demo: DemoProcess) {
  const caller = new MaveraCaller(demo.file);
  const { events } = await caller.stream("enterprise", "POST /responses", { json: question });
  for (;;) {
    const { value, done } = await events.next();
    expect(done).toBe(false);
    if (value?.name === piece) break;
  }
  demo.signal("SIGTERM");
  await demo.printed("Stopping once a request is answered");
  return events;
}

async function usedAfter(demo: DemoProcess): Promise<number> {
  const { code, stderr } = await demo.ended;
  expect([code, stderr]).toEqual([0, ""]);
  const next = await startDemo(demo.home);
  return new MaveraCaller(next.file).used("enterprise");
}

test("a stream that has begun is finished and paid for before the demo ends", async () => {
  const demo = await startDemo(newHome());
  const rest: HeardEvent[] = [];
  for await (const event of await streamAndStop(demo)) rest.push(event);
  expect(rest.slice(-2).map(({ name }) => name)).toEqual(["response.completed", undefined]);
  expect(await usedAfter(demo)).toBe(credits);
});

test("a stream that its caller leaves while the demo stops is charged as far as it came", async () => {
  const demo = await startDemo(newHome());
  const events = await streamAndStop(demo);
  await events.return(undefined);
  const used = await usedAfter(demo);
  expect(used).toBeGreaterThan(0);
  expect(used).toBeLessThan(credits);
});
