// What a gate knows outlives it: keys, credits, and the windows of the last minute.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, vi } from "vitest";
import { startPlain } from "../fixtures/bureau.ts";
import { type Made, made, served } from "./fixtures/served.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

/** Ten credits a month, three a call, five calls a minute. */
async function sold(): Promise<Made> {
  const plain = await startPlain();
  const home = await made({ upstream: plain.url, limit: 5 });
  home.rewrite((text) =>
    text
      .replace("free: {}", 'free: { allowance: { credits: 10, reset: "monthly" } }')
      .replace('summary: "Reads."', 'summary: "Reads.", price: { fixed: 3 }')
      .replace(
        "    operations:",
        '    headers: { creditsRemaining: "X-Credits" },\n    operations:',
      ),
  );
  return home;
}

const leftOf = ({ status, headers }: Response) => [
  status,
  headers.get("x-credits"),
  headers.get("x-ratelimit-remaining"),
];

it("keys, credits and windows survive a restart", async () => {
  const home = await sold();
  const first = await served(home);
  expect(leftOf(await first.ask("/a"))).toEqual([200, "7", "4"]);
  expect(leftOf(await first.ask("/a"))).toEqual([200, "4", "3"]);
  first.command.signal("SIGTERM");
  expect((await first.command.ended).code).toBe(0);
  const second = await served(home);
  expect(leftOf(await second.ask("/a"))).toEqual([200, "1", "2"]);
  const [broke, full] = [await second.ask("/a"), await second.ask("/a")];
  expect([broke.status, full.status, (await second.ask("/a")).status]).toEqual([402, 402, 429]);
});

it("and a SIGKILL: of windows what the log has written", async () => {
  const home = await sold();
  const first = await served(home);
  expect(leftOf(await first.ask("/a"))).toEqual([200, "7", "4"]);
  const database = new DatabaseSync(join(home.folder, ".sluice", "sluice.db"), { readOnly: true });
  const rows = () => database.prepare("SELECT count(*) AS n FROM request").get()?.["n"];
  await expect.poll(rows, { timeout: 5_000 }).toBe(1);
  database.close();
  first.command.signal("SIGKILL");
  expect((await first.command.ended).code).toBeNull();
  const second = await served(home);
  expect(leftOf(await second.ask("/a"))).toEqual([200, "4", "3"]);
});
