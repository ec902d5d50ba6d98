// What calls cost, and how those are refused who cannot pay: once for work that was done, and nothing else.

import { describe, expect, test } from "vitest";
import { mavera } from "../contract/index.ts";
import { hello, startApi } from "./live-api.ts";
import { spendDownTo, starterId } from "./people.ts";
import { refusal, windowOf } from "./reply.ts";

function unpaid(code: string, message: string) {
  return { status: 402, type: "insufficient_credits", code, message, param: null };
}

const exhausted = unpaid(
  "credits_exhausted",
  "Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.",
);
const lapsed = unpaid(
  "credits_exhausted",
  "The subscription has lapsed. Please renew it: your API keys then work again.",
);
const overBudget = unpaid(
  "budget_exceeded",
  "Budget limit exceeded. Please increase the budget of the workspace, project or key, " +
    "or wait for the next month.",
);

const starter = { accountId: starterId, plan: "starter" };

describe("an account", () => {
  test("without credits cannot ask for what costs, and for all else it can", async () => {
    const api = await startApi();
    const key = api.keys.exhausted;
    expect(refusal(await api.send("POST /responses", { key, json: hello }))).toEqual(exhausted);
    expect(refusal(await api.send("POST /mave/chat", { key, json: { message: "a" } }))).toEqual(
      exhausted,
    );
    for (const what of ["GET /personas", "GET /usage", "GET /workspaces"]) {
      expect((await api.send(what, { key })).status).toBe(200);
    }
    expect((await api.send("POST /workspaces", { key, json: { name: "A" } })).status).toBe(201);
  });

  test("needs as many as the call may cost, also where it will cost less", async () => {
    const api = await startApi();
    await spendDownTo(api.stores, starter, 4, api.clock.wallMs());
    expect(refusal(await api.send("POST /responses", { json: hello }))).toEqual(exhausted);
    const grant = { id: "pack", accountId: starterId, amount: 1, reason: "bonus" };
    api.stores.ledger.grant(grant, api.clock.wallMs());
    expect((await api.send("POST /responses", { json: hello })).status).toBe(200);
    expect(api.funds()).toMatchObject({ remaining: 4, held: 0 });
  });

  test("whose subscription has lapsed can do nothing until it is renewed", async () => {
    const api = await startApi();
    const key = api.keys.lapsed;
    for (const what of ["GET /personas", "GET /usage", "GET /nothing"]) {
      const reply = await api.send(what, { key });
      expect(refusal(reply)).toEqual(lapsed);
      expect(windowOf(reply).limit).toBe("60");
    }
    const account = { id: "acct_lapsed", name: "Back", plan: "starter" };
    const change = { by: "billing", atMs: api.clock.wallMs() };
    api.stores.directory.putAccount({ ...account, subscription: "active" }, change);
    expect((await api.send("POST /responses", { key, json: hello })).status).toBe(200);
  });

  test("has its plan's credits again with the next month", async () => {
    const api = await startApi();
    const key = api.keys.exhausted;
    await api.clock.advance(Date.UTC(2026, 6, 1) - api.clock.wallMs() - 1);
    expect((await api.send("POST /responses", { key, json: hello })).status).toBe(402);
    await api.clock.advance(1);
    expect((await api.send("POST /responses", { key, json: hello })).status).toBe(200);
  });
});

test("a key whose workspace has spent its budget is told so, though the account has credits", async () => {
  const api = await startApi();
  const how = { key: api.keys.overBudget, json: hello };
  const reply = await api.send("POST /responses", how);
  expect(refusal(reply)).toEqual(overBudget);
  expect(api.funds("acct_professional").remaining).toBe(4_990);
  expect((await api.send("POST /responses", { ...how, key: api.keys.professional })).status).toBe(
    200,
  );
});

describe("a call", () => {
  const words = (characters: number) => "word ".repeat(characters / 5);
  const chat = (text: string) => ({
    model: "mavera-1",
    messages: [{ role: "user", content: text }],
  });

  test.each<[string, object, number]>([
    ["POST /responses", hello, 1],
    ["POST /responses", { ...hello, input: words(10_000) }, 3],
    ["POST /responses", { ...hello, input: words(100_000) }, 5],
    ["POST /chat/completions", chat("Hello"), 1],
    ["POST /chat/completions", chat(words(100_000)), 5],
    ["POST /mave/chat", { message: "Hello" }, 10],
    ["POST /mave/chat", { message: "x".repeat(20_000) }, 50],
    ["POST /personas", { name: "Ann", pipeline_type: "advanced" }, 300],
    ["POST /workspaces", { name: "A" }, 0],
    ["GET /personas", {}, 0],
  ])("costs what its answer says: %s %#", async (what, json, credits) => {
    const api = await startApi();
    const reply = await api.send(what, what.startsWith("GET") ? {} : { json });
    const { usage, credits_charged } = reply.body;
    expect(usage?.credits_used ?? credits_charged ?? 0).toBe(credits);
    expect(api.funds()).toMatchObject({ used: credits, held: 0, remaining: 500 - credits });
    expect(api.stores.ledger.audit()).toEqual([]);
  });
});

test("every plan has the credits of the price list", () => {
  const plans = Object.entries(mavera.server.plans);
  expect(plans.map(([name, { allowance }]) => [name, allowance?.credits])).toEqual([
    ["starter", 500],
    ["basic", 2_000],
    ["professional", 5_000],
    ["enterprise", 100_000],
  ]);
});
