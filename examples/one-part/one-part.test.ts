// Each program has one part of the library, and does what that part does.

import { startExample } from "@sluice-internal/adapters/example-program";
import { expect, it, onTestFinished } from "vitest";

async function start(name: string) {
  const program = await startExample(new URL(name, import.meta.url));
  onTestFinished(() => program.stop());
  return async (path: string, headers = {}) => {
    const answer = await fetch(program.origin + path, { headers: { ...headers } });
    const text = await answer.text();
    return { status: answer.status, text, retryAfter: answer.headers.get("retry-after") };
  };
}

it("limits, and nothing else", async () => {
  const ask = await start("limiter.ts");
  const told = [];
  for (let i = 0; i < 7; i++) told.push((await ask("/")).status);
  expect(told).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(Number((await ask("/")).retryAfter)).toBeGreaterThan(50);
});

it("refuses in the words of a catalogue, and nothing else", async () => {
  const ask = await start("envelope.ts");
  expect(await ask("/books/1")).toMatchObject({ status: 200, text: "Emma\n" });
  const missing = await ask("/books/2");
  expect(JSON.parse(missing.text)).toMatchObject({ error: { code: "not_found" } });
  expect(missing.status).toBe(404);
  expect(await ask("/busy")).toMatchObject({ status: 503, retryAfter: "5" });
});

it("verifies keys, and nothing else", async () => {
  const program = await startExample(new URL("keys.ts", import.meta.url));
  onTestFinished(() => program.stop());
  const ask = (headers = {}) => fetch(`${program.origin}/anything`, { headers });
  expect(await (await ask(program.headers)).text()).toBe("Hello, acct_1\n");
  const refused = await ask();
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: { code: "missing_key" } });
});
