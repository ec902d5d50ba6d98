// From nothing to a customer who says they are refused, in commands: first on stores that nobody serves, then over the network
// of a gate that does, and again on the stores.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { openShop, type Shop } from "./shop.ts";

vi.setConfig({ testTimeout: 120_000 });

interface Looked {
  readonly paid: string;
  readonly unpaid: string;
  readonly refused: string;
}

/** What an operator may look at, of calls that passed, were not paid for, and were one too many. */
async function looks(shop: Shop, { paid, unpaid, refused }: Looked) {
  return {
    paid: await shop.run("explain", paid),
    unpaid: await shop.run("explain", unpaid),
    refused: await shop.run("explain", refused),
    asData: await shop.json("explain", unpaid),
    words: await shop.run("explain", unpaid, "--words"),
    credits: await shop.json("credits"),
    budgets: await shop.json("budget"),
    log: (await shop.run("log", "--json")).out,
    only: (await shop.run("log", "--code", "rate_limited", "--json")).out,
    history: (await shop.run("credits", "history", "--json")).out,
    audit: await shop.run("audit"),
  };
}

/** The headline, the steps with their numbers, what it cost, what to do, and words to send on. */
function expectExplained(served: Awaited<ReturnType<typeof looks>>): void {
  expect(served.paid).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Went through: 200\.\n/),
  });
  expect(served.paid.out).toContain("✓ settle     5 credits charged");
  expect(served.unpaid.out).toMatch(
    /^Refused: 402 budget_exceeded\. A budget .* is spent\.\nBy: budget of key key_/,
  );
  expect(served.unpaid.out).toContain("✗ reserve    refused, 10 of 12 credits used and 0 held");
  expect(served.unpaid.out).toMatch(/– settle\n {2}│ 9 ✓ respond {4}402 budget_exceeded after /);
  expect(served.unpaid.out).toMatch(/What it cost\n {2}Nothing\.\n/);
  expect(served.unpaid.out).toMatch(/sluice budget set <credits> --key key_\w+\n/);
  expect(served.refused.out).toMatch(/^Refused: 429 rate_limited\./);
  expect(served.refused.out).toContain("window requests: 3 of 3 used, told to wait ");
  expect(served.words.out.trim()).toBe(served.asData.words);
  expect(served.unpaid.out.replaceAll(/\s+/g, " ")).toContain(served.asData.words);
}

it("makes a customer on a stopped store, explains what happened to their calls, and says the same once the gate has stopped", async () => {
  const shop = await openShop();
  expect(await shop.run("accounts")).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^Nothing was kept in .* yet: serve it once/),
  });
  const first = await shop.serve();
  await first.stop();

  const account = await shop.json("accounts", "create", "--name", "Ada", "--plan", "free");
  const made = await shop.run("keys", "create", "--name", "first", "--budget", "12");
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^shop_live_[0-9A-Za-z]+\n$/)]);
  const secret = made.out.trim();
  await shop.json("credits", "grant", "50", "--reason", "a gift", "--expires", "30d");

  const serving = await shop.serve();
  const calls = [];
  for (const path of ["/report", "/report", "/report", "/x"])
    calls.push(await serving.call(path, secret));
  expect(calls.map(({ status }) => status)).toEqual([200, 200, 402, 429]);
  const [paid = "", , unpaid = "", refused = ""] = calls.map(({ id }) => id);
  const ids = { paid, unpaid, refused };
  await expect
    .poll(async () => (await shop.run("log", "show", refused)).code, { timeout: 20_000 })
    .toBe(0);

  const served = await looks(shop, ids);
  expectExplained(served);
  expect(served.credits).toMatchObject({ remaining: 140, used: 10, held: 0 });
  expect(served.budgets).toMatchObject({ scope: "key", cap: 12, used: 10, held: 0 });
  expect(
    served.log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).requestId),
  ).toEqual(calls.map(({ id }) => id).toReversed());
  expect(JSON.parse(served.only)).toMatchObject({ requestId: refused, accountId: account.id });
  expect(served.audit).toEqual({ code: 0, out: "clean\n", err: "" });

  await serving.stop();
  expect(existsSync(join(shop.folder, ".sluice", "admin.json"))).toBe(false);
  const stopped = await looks(shop, ids);
  // How long ago and how far ahead depends on when it is asked.
  const still = (text: string) => text.replaceAll(/\((?:in )?[^()]+\)/g, "()");
  for (const name of ["paid", "unpaid", "refused"] as const) {
    expect(still(stopped[name].out)).toBe(still(served[name].out));
  }
  const { paid: _, unpaid: __, refused: ___, ...data } = stopped;
  expect(served).toMatchObject(data);

  const pepper = readFileSync(join(shop.folder, ".sluice", "pepper.json"), "utf8");
  const { versions } = JSON.parse(pepper) as { versions: { secret: string }[] };
  expect(versions).toHaveLength(1);
  for (const hidden of [secret, ...versions.map((one) => one.secret)])
    expect(shop.said.join("\n")).not.toContain(hidden);
});
