// The `Idempotency-Key` header: whoever repeats a POST gets the first answer again, and pays once.

import { HeldBack } from "@sluice-internal/both-ways/held-back";
import { describe, expect, test } from "vitest";
import { spendDownTo, startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { listOf, refusal } from "./reply.ts";

const once = { "Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324" };
const dayMs = 24 * 60 * 60 * 1_000;

describe("a repeated POST", () => {
  test("gets the first answer again, and creates nothing more", async () => {
    const api = await startApi();
    const request = { json: { name: "Acme" }, headers: once };
    const first = await api.send("POST /brands", request);
    const again = await api.send("POST /brands", request);
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(first.headers.get("Idempotent-Replayed")).toBeNull();
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(again.headers.get("X-Request-Id")).not.toBe(first.headers.get("X-Request-Id"));
    expect(listOf(await api.send("GET /brands"))).toHaveLength(1);
  });

  test("is charged once, and needs no credits the second time", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    const launch = () =>
      api.send(`POST /brands/${brandId}/campaigns`, { json: { topicId }, headers: once });
    const first = await launch();
    expect(first.status).toBe(201);
    expect(api.creditsLeft()).toBe(630);
    await spendDownTo(api, 0);
    expect(await launch()).toMatchObject({ status: 201, text: first.text });
    expect(api.creditsLeft()).toBe(0);
  });

  test("waits for the first to be answered", async () => {
    const held = new HeldBack();
    const api = await startApi({ wrap: held.wrap });
    const request = { json: { name: "Acme" }, headers: once };
    const first = api.send("POST /brands", request);
    await held.entered;
    const meanwhile = await api.send("POST /brands", request);
    expect(refusal(meanwhile)).toEqual({
      status: 409,
      body: {
        error: "A request with the same Idempotency-Key is still in progress",
        code: "REQUEST_IN_PROGRESS",
      },
    });
    expect(meanwhile.headers.get("Retry-After")).toBe("1");
    held.release();
    expect((await api.send("POST /brands", request)).text).toBe((await first).text);
  });

  test("is carried out when the first was refused, or failed", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    const launch = () =>
      api.send(`POST /brands/${brandId}/campaigns`, { json: { topicId }, headers: once });
    await spendDownTo(api, 0);
    expect((await launch()).status).toBe(422);
    const grant = { id: "pack", accountId: "acct_agency", amount: 50, reason: "bonus pack" };
    api.stores.ledger.grant(grant, api.clock.wallMs());
    expect((await launch()).status).toBe(201);
    expect(api.creditsLeft()).toBe(30);
  });

  test("is carried out anew after 24 hours", async () => {
    const api = await startApi();
    const repeat = () => api.send("POST /brands", { json: { name: "Acme" }, headers: once });
    await repeat();
    await api.clock.advance(dayMs - 1);
    expect((await repeat()).status).toBe(201);
    await api.clock.advance(1);
    expect((await repeat()).status).toBe(409);
  });
});

describe("an Idempotency-Key", () => {
  const reused = {
    status: 422,
    body: {
      error: "Idempotency-Key was used before with a different request",
      code: "IDEMPOTENCY_KEY_REUSED",
    },
  };

  test("stands for one body and one path", async () => {
    const api = await startApi();
    const { brandId } = addTopic(api);
    const json = { name: "Acme" };
    await api.send("POST /brands", { json, headers: once });
    const other = await api.send("POST /brands", { json: { name: "Other" }, headers: once });
    expect(refusal(other)).toEqual(reused);
    await api.send(`POST /brands/${brandId}/avatars`, { json, headers: once });
    const { id } = api.upstream.addBrand("acct_agency", { name: "Third" });
    const elsewhere = await api.send(`POST /brands/${id}/avatars`, { json, headers: once });
    expect(refusal(elsewhere)).toEqual(reused);
  });

  test("is an account's own", async () => {
    const api = await startApi();
    const request = { json: { name: "Acme" }, headers: once };
    const mine = await api.send("POST /brands", request);
    const theirs = await api.send("POST /brands", { ...request, key: api.keys.stranger });
    expect(theirs.status).toBe(201);
    expect(theirs.text).not.toBe(mine.text);
  });

  test.each([
    ["POST /brands", "", "Idempotency-Key must be 1 to 255 visible ASCII characters"],
    ["POST /brands", "a b", "Idempotency-Key must be 1 to 255 visible ASCII characters"],
    ["POST /brands", "x".repeat(256), "Idempotency-Key must be 1 to 255 visible ASCII characters"],
    ["DELETE /brands/b", "one", "Idempotency-Key is not accepted by this operation"],
  ])("that cannot be accepted is refused: %s %j", async (what, key, error) => {
    const api = await startApi();
    const json = what.startsWith("POST") ? { name: "Acme" } : undefined;
    const reply = await api.send(what, { json, headers: { "Idempotency-Key": key } });
    expect(refusal(reply)).toEqual({ status: 400, body: { error, code: "BAD_REQUEST" } });
  });
});
