// Neither the pepper nor a signing secret, nor a word of a receiver's, stands in any line, row or log of deliveries.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom, VirtualClock } from "sluice/base";
import { openSqliteStores } from "sluice/store/sqlite";
import { expect, it } from "vitest";
import { signingSecret } from "../../src/warnings/signing.ts";
import { openWarnings } from "../../src/warnings/warnings.ts";
import { START_MS } from "./fixtures/courier-rig.ts";
import { allowance, CHANGE, mill } from "./fixtures/desk-rig.ts";
import { fails, openReceiver, speaksGarbage, takesIt } from "./fixtures/receiver.ts";

it("no secret is left anywhere", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-canary-"));
  const stores = await openSqliteStores({ file: join(folder, "sluice.db") });
  const clock = new VirtualClock(START_MS);
  const pepper = seededRandom("pepper").bytes(32);
  const lines: unknown[] = [];
  const warnings = openWarnings({
    ...{ stores, clock, pepper, allowPrivate: true, random: seededRandom("warnings") },
    tell: (...told) => lines.push(told.map(String)),
  });
  const receiver = await openReceiver(fails);
  const account = { id: "acct_1", name: "one", plan: "pro", subscription: "active" } as const;
  const named = { url: receiver.url, secretVersion: 1 };
  await stores.directory.putAccount({ ...account, warnings: named }, CHANGE);
  const funds = { accountId: "acct_1", allowance };
  const nowMs = clock.wallMs();
  const reservation = { holdId: "hold", funds, budgets: [], amount: 950, operation: "grind" };
  const expiresAtMs = nowMs + 60_000;
  await stores.ledger.reserve({ ...reservation, keyId: "key_1", expiresAtMs }, nowMs);
  await stores.ledger.settle({ holdId: "hold", charge: 950, rememberMs: 0 }, nowMs);
  warnings.start();
  warnings.onSpend(mill)({ accountId: "acct_1", budgets: [], short: undefined });
  const attempts = async () =>
    (await stores.notices.warnings({ limit: 99 })).reduce((sum, w) => sum + w.attemptCount, 0);
  for (const [nth, behaviour] of [fails, speaksGarbage, takesIt].entries()) {
    receiver.behaviour = behaviour;
    const before = receiver.received.length;
    const came = async () => {
      await clock.advance(1_000);
      return receiver.received.length;
    };
    await expect.poll(came, { timeout: 20_000 }).toBeGreaterThan(before);
    await expect.poll(attempts).toBeGreaterThan(nth);
  }
  await warnings.close();
  const known = JSON.stringify(await stores.notices.warnings({ limit: 99 }));
  expect(known).toContain('"status":500');
  await stores.close();
  const files = readdirSync(folder).map((name) =>
    readFileSync(join(folder, name)).toString("latin1"),
  );
  const sent = receiver.received.map(({ headers, body }) => JSON.stringify(headers) + body);
  const secret = signingSecret(pepper, "acct_1", 1).slice("whsec_".length);
  const canaries = [
    Buffer.from(pepper).toString("latin1"),
    Buffer.from(pepper).toString("base64"),
    Buffer.from(pepper).toString("hex"),
    secret,
    Buffer.from(secret, "base64").toString("latin1"),
    Buffer.from(secret, "base64").toString("hex"),
  ];
  for (const place of [known, JSON.stringify(lines), ...files, ...sent]) {
    for (const canary of canaries) expect(place.includes(canary)).toBe(false);
  }
  for (const place of [known, JSON.stringify(lines), ...files]) {
    expect(place.includes("SECRET WORDS")).toBe(false);
  }
  await receiver.close();
  rmSync(folder, { recursive: true });
}, 30_000);
