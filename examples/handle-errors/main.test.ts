// Every refusal handled in one place: what the user reads, what the log keeps, and what neither may hold.

import { readFileSync } from "node:fs";
import { startDemo } from "sluice-running-demo";
import { expect, it, onTestFinished } from "vitest";

it("tells users what they can do, and support what it asks for", async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout, stderr } = await demo.run(new URL("main.ts", import.meta.url));
  expect(stdout).toContain("starter: 1 credits");
  expect(stdout).toMatch(/exhausted: .*\(tell the owner: top_up\)/);
  expect(stdout).toMatch(/viewer: .+/);
  const records = stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.map(({ code }) => code)).toEqual([
    "credits_exhausted",
    "budget_exceeded",
    "revoked_api_key",
    "forbidden",
  ]);
  const { keys } = JSON.parse(readFileSync(`${demo.home}/demo.json`, "utf8")).mavera;
  for (const key of Object.values<string>(keys)) {
    expect(stdout + stderr).not.toContain(key.slice(0, 16));
  }
  expect(records[0]).toMatchObject({
    type: "insufficient_credits",
    status: 402,
    endpoint: "POST /mavera/api/v1/responses",
    api_key_prefix: "mvra_live_",
  });
});
