// Usage, against the books that it is read from.

import type { LogRow } from "sluice/gate";
import { describe, expect, test } from "vitest";
import { answers } from "../../answers/index.ts";
import { mavera } from "../../contract/index.ts";
import { accountId, nowMs, type Office, openOffice, read, strangerId } from "./office.ts";

const none = { params: {}, query: {}, body: undefined };

async function usageOf(office: Office, caller = {}, atMs = nowMs) {
  const { body } = await read(answers.getUsage(none, office.context(caller, atMs)));
  expect(mavera.server.operations.getUsage.output.parse(body)).toEqual(body);
  return body;
}

/** A call that is held for, and charged unless it still runs. */
function spend(
  office: Office,
  holdId: string,
  amount: number,
  charge?: number,
  atMs = nowMs,
): void {
  const { ledger } = office.stores;
  const { funds } = office.context();
  const call = { budgets: [], operation: "createResponse", keyId: "key_1" };
  ledger.reserve({ holdId, funds, amount, expiresAtMs: atMs + 60_000, ...call }, atMs);
  if (charge !== undefined) ledger.settle({ holdId, charge, rememberMs: 0 }, atMs);
}

function chargedSince(office: Office, startMs: number): number {
  return office.stores.ledger
    .entries(accountId, { limit: 10_000 })
    .filter(({ to, atMs }) => to === "charged" && atMs >= startMs)
    .reduce((sum, { amount }) => sum + amount, 0);
}

const answered: LogRow = {
  requestId: "r",
  clientRequestId: undefined,
  api: "Mavera",
  atMs: nowMs - 1,
  durationMs: 1,
  accountId,
  keyId: "key_1",
  isOlderSecret: false,
  address: "203.0.113.7",
  operation: "createResponse",
  method: "POST",
  path: "/responses",
  status: 200,
  code: undefined,
  condition: undefined,
  endedAt: "respond",
  ending: "done",
  window: "perAccount",
  windowLimit: 120,
  windowRemaining: 119,
  held: 5,
  charged: 3,
  creditsRemaining: 95,
  by: undefined,
  param: undefined,
  retryAfterMs: undefined,
  details: undefined,
  simulated: false,
  degraded: undefined,
};

test("an account that did nothing has used nothing", async () => {
  expect(await usageOf(openOffice())).toEqual({
    object: "usage",
    billing_period: { start: "2026-02-01T00:00:00.000Z", end: "2026-02-28T23:59:59.999Z" },
    credits: { used: 0, included: 2_000, remaining: 2_000, percentage_used: 0 },
    api_requests: { total_requests: 0, credits_used: 0, error_count: 0 },
    rate_limit: { requests_per_minute: 120 },
    limits: { budget_alert: null, usage_limit: null },
  });
});

describe("credits", () => {
  test("that were charged are used, as the ledger's entries say", async () => {
    const office = openOffice();
    for (const [n, charge] of [3, 5, 0, 41].entries()) spend(office, `hold_${n}`, 50, charge);
    const { credits, api_requests } = await usageOf(office);
    expect(credits).toEqual({ used: 49, included: 2_000, remaining: 1_951, percentage_used: 2.45 });
    expect(credits.used).toBe(chargedSince(office, Date.UTC(2026, 1, 1)));
    expect(api_requests.credits_used).toBe(49);
  });

  test("that are held are neither used nor to be had", async () => {
    const office = openOffice();
    spend(office, "hold_1", 500);
    expect((await usageOf(office)).credits).toMatchObject({ used: 0, remaining: 1_500 });
  });

  test("that were granted are to be had, and not included", async () => {
    const office = openOffice();
    office.stores.ledger.grant({ id: "g", accountId, amount: 100, reason: "thanks" }, nowMs);
    const { credits } = await usageOf(office);
    expect(credits).toMatchObject({ used: 0, included: 2_000, remaining: 2_100 });
  });

  test("begin anew with the month", async () => {
    const office = openOffice();
    spend(office, "hold_1", 50, 50, Date.UTC(2026, 0, 31));
    spend(office, "hold_2", 7, 7);
    expect((await usageOf(office)).credits.used).toBe(7);
    const march = await usageOf(office, {}, Date.UTC(2026, 2, 1));
    expect(march.credits).toMatchObject({ used: 0, remaining: 2_000 });
    expect(march.billing_period.end).toBe("2026-03-31T23:59:59.999Z");
  });
});

test("requests are counted for the account, from the first of the month", async () => {
  const office = openOffice();
  const refused = { ...answered, status: 400, ending: "refused" } as const;
  const rows = [
    answered,
    refused,
    { ...answered, atMs: Date.UTC(2026, 1, 1) },
    { ...answered, atMs: Date.UTC(2026, 1, 1) - 1 },
    { ...refused, accountId: strangerId },
  ];
  for (const row of rows) office.stores.log.append(row);
  const { api_requests } = await usageOf(office);
  expect(api_requests).toMatchObject({ total_requests: 3, error_count: 1 });
});

describe("the usage limit", () => {
  test("is that of the workspace that the key belongs to", async () => {
    const office = openOffice();
    office.addWorkspace("ws_1", { budget: 700 });
    office.addWorkspace("ws_2");
    office.addProject("proj_1", "ws_1");
    const limitFor = async (caller: object) => (await usageOf(office, caller)).limits.usage_limit;
    expect(await limitFor({ workspaceId: "ws_1" })).toBe(700);
    expect(await limitFor({ projectId: "proj_1" })).toBe(700);
    expect(await limitFor({ workspaceId: "ws_2" })).toBeNull();
    expect(await limitFor({})).toBeNull();
  });
});
