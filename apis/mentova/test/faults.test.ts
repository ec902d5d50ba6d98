// When something breaks behind the gate: the envelope holds, nothing inside shows, nothing is charged.

import { HeldBack } from "@sluice-internal/both-ways/held-back";
import type { FetchHandler } from "sluice/gate";
import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { listOf, type Reply, refusal } from "./reply.ts";

const internalError = {
  status: 500,
  body: { error: "Unexpected server-side error", code: "INTERNAL_ERROR" },
};
const unavailable = {
  status: 503,
  body: { error: "Service temporarily unavailable", code: "SERVICE_UNAVAILABLE" },
};
const secret = "postgres://mentova:hunter2@db.internal/brands";

function launch(api: LiveApi): Promise<Reply> {
  const { brandId, topicId } = addTopic(api);
  return api.send(`POST /brands/${brandId}/campaigns`, { json: { topicId } });
}

/** Breaks the launch of campaigns, while quotes go through. */
function breakLaunches(answer: () => Response | Promise<Response>) {
  return (fetch: FetchHandler): FetchHandler =>
    (request, caller) =>
      request.url.endsWith("/campaigns") && request.method === "POST"
        ? answer()
        : fetch(request, caller);
}

function throwError(): never {
  throw new Error(secret);
}

describe("the plain API", () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ["throws", throwError],
    ["rejects", () => Promise.reject(new Error(secret))],
    ["throws what is no error", () => Promise.reject(secret)],
    ["answers 500", () => new Response(secret, { status: 500 })],
    [
      "answers an error of a kind that nobody declared",
      () => new Response(secret, { status: 418 }),
    ],
    [
      "answers a problem of a kind that nobody declared",
      () => Response.json({ problem: "haunted", detail: secret }, { status: 409 }),
    ],
  ])("%s, and the caller learns that we failed, and nothing more", async (_, answer) => {
    const api = await startApi({ wrap: breakLaunches(answer) });
    const reply = await launch(api);
    expect(refusal(reply)).toEqual(internalError);
    expect(JSON.stringify([...reply.headers])).not.toContain("hunter2");
    expect(api.creditsLeft()).toBe(650);
    expect(api.stores.ledger.audit()).toEqual([]);
    expect(api.events).toHaveLength(1);
  });

  test.each([502, 503, 504])("answers %i, and the caller is told to come back", async (status) => {
    const api = await startApi({ wrap: breakLaunches(() => new Response(secret, { status })) });
    const reply = await launch(api);
    expect(refusal(reply)).toEqual(unavailable);
    expect(reply.headers.get("Retry-After")).toBe("1");
    expect(api.creditsLeft()).toBe(650);
  });

  test("does not answer in time, and the caller is told to come back", async () => {
    const held = new HeldBack();
    const api = await startApi({ wrap: held.wrap });
    const reply = api.send("GET /brands");
    await held.entered;
    await api.clock.advance(30_000);
    expect(refusal(await reply)).toEqual(unavailable);
    expect((await reply).headers.get("Retry-After")).toBe("1");
    held.release();
  });

  test("breaks while it is asked for a price, and nothing is launched or charged", async () => {
    const wrap =
      (fetch: FetchHandler): FetchHandler =>
      (request, caller) =>
        request.url.endsWith("/quote") ? throwError() : fetch(request, caller);
    const api = await startApi({ wrap });
    expect(refusal(await launch(api))).toEqual(internalError);
    const [brand] = listOf(await api.send("GET /brands"));
    expect(listOf(await api.send(`GET /brands/${brand?.id}/campaigns`))).toEqual([]);
    expect(api.creditsLeft()).toBe(650);
  });
});

test("an answer that went wrong can be explained by its request id", async () => {
  const api = await startApi({ wrap: breakLaunches(throwError) });
  const reply = await launch(api);
  const row = api.stores.log.explain(reply.headers.get("X-Request-Id") ?? "");
  expect(row).toMatchObject({
    status: 500,
    code: "INTERNAL_ERROR",
    operation: "launchCampaign",
    charged: 0,
  });
});
