// Envelope, windows, credits, idempotency: the same for each adapter, over each kind of stores.

import type { KindOfStores, OpenStores } from "@sluice-internal/both-ways/stores";
import { expect, it } from "vitest";
import type { Adapter } from "./adapters.ts";
import { ALLOWANCE, BURST } from "./contract.ts";
import { get, post, start } from "./suite.ts";

const cat = { text: "a cat" };

/** What each is refused with, and that it is said in the envelope. */
const REFUSALS = [
  ["missing_key", 401, get("/v1/hello"), "none"],
  ["malformed_key", 401, get("/v1/hello", { "x-api-key": "nonsense" }), "none"],
  ["not_found", 404, get("/v1/nowhere"), "pro"],
  ["not_found", 404, get("/v1/notes/note_gone"), "pro"],
  ["method_not_allowed", 405, { method: "PATCH", path: "/v1/hello" }, "pro"],
  ["body_too_large", 413, post("/v1/prints", { text: "x".repeat(500) }), "pro"],
  ["unsupported_media_type", 415, post("/v1/prints", cat, { "content-type": "text/plain" }), "pro"],
  ["malformed_body", 400, { ...post("/v1/prints", cat), body: "{" }, "pro"],
  ["missing_field", 400, post("/v1/prints", {}), "pro"],
  ["credits_exhausted", 402, post("/v1/prints", cat), "free"],
  ["conflict", 409, get("/v1/notes/note_dup"), "pro"],
  ["conflict", 409, get("/v1/notes/note_told"), "pro"],
  ["internal", 500, get("/v1/notes/note_odd"), "pro"],
  ["internal", 500, get("/v1/notes/note_bad"), "pro"],
  ["internal", 500, get("/v1/notes/note_err"), "pro"],
  ["internal", 500, get("/v1/nobody"), "pro"],
] as const;

export function describePromises(adapter: Adapter, open: OpenStores, kind: KindOfStores): void {
  it("says every refusal in the envelope, with a request id, and charges none", async () => {
    const { ask, credits } = await start(adapter, open, { kind });
    for (const [code, status, asked, key] of REFUSALS) {
      const answered = await ask(asked, key);
      expect({ asked, status: answered.status }).toEqual({ asked, status });
      expect(JSON.parse(answered.body)).toEqual({ error: expect.objectContaining({ code }) });
      expect(answered.header("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(answered.body).not.toMatch(/inner|secret|swordfish|\.js|stack/);
    }
    expect(await credits()).toMatchObject({ remaining: ALLOWANCE, held: 0, used: 0 });
  });

  it("admits exactly what the window has, however many come at once", async () => {
    const { ask, clock } = await start(adapter, open, { kind });
    const crowd = () => Promise.all(Array.from({ length: 12 }, () => ask(get("/v1/count"))));
    const answered = await crowd();
    expect(answered.filter(({ status }) => status === 200)).toHaveLength(BURST);
    const refused = answered.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(12 - BURST);
    for (const { header } of refused) expect(header("retry-after")).toBeDefined();
    // Redis counts by a clock of its own.
    if (kind === "servers") return;
    expect(refused[0]?.header("retry-after")).toBe("10");
    await clock.advance(10_000);
    expect((await crowd()).filter(({ status }) => status === 200)).toHaveLength(BURST);
  });

  it("charges a fixed price, a quoted one and what an answer says that it took, each once", async () => {
    const { ask, credits } = await start(adapter, open, { kind });
    expect((await ask(post("/v1/prints", cat))).status).toBe(201);
    expect(await credits()).toMatchObject({ remaining: 90, held: 0, used: 10 });
    expect((await ask(post("/v1/launches", { size: 7 }))).status).toBe(201);
    expect(await credits()).toMatchObject({ remaining: 83, used: 17 });
    expect((await ask(get("/v1/answers"))).header("x-credits-remaining")).toBe("79");
    expect((await ask({ method: "HEAD", path: "/v1/answers" })).status).toBe(200);
    expect(await credits()).toMatchObject({ remaining: 75, held: 0, used: 25 });
  });

  it("does the work of a repeated key once, and sends the same bytes again", async () => {
    let works = 0;
    const doing = () => void works++;
    const { ask, credits } = await start(adapter, open, { kind, doing });
    const order = post("/v1/prints", cat, { "idempotency-key": "a" });
    const [first, second] = [await ask(order), await ask(order)];
    expect(second.body).toBe(first.body);
    expect(second.header("idempotent-replayed")).toBe("true");
    expect(second.header("location")).toBe("/v1/prints/1");
    expect(works).toBe(1);
    expect(await credits()).toMatchObject({ remaining: 90, held: 0 });
    const other = post("/v1/prints", { text: "a dog" }, { "idempotency-key": "a" });
    expect(JSON.parse((await ask(other)).body).error.code).toBe("idempotency_key_reused");
    expect(works).toBe(1);
  });
}
