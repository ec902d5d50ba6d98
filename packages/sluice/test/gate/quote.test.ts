// Prices that are quoted: the upstream says what the work will cost before it is held, and does nothing.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refuse } from "../../src/contract/index.ts";
import { fetchUpstream, reply, type Upstream, type Work } from "../../src/gate/index.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { drive } from "./fixtures/drive.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

function launch(prompts: number, headers: Record<string, string> = {}) {
  return { path: "/v1/campaigns?draft=1", key: secrets.pro, body: { prompts }, headers };
}

/** What the quote answers, in place of the plain one. */
function quoting(quote: Upstream["quote"]): Upstream {
  return { ...acmeUpstream(), quote };
}

describe("a quoted call", () => {
  it("holds and is charged what was quoted", async () => {
    const rig = await createRig();
    const answer = await rig.send(launch(25));
    expect(answer.status).toBe(201);
    expect(rig.row(answer)).toMatchObject({ held: 25, charged: 25 });
    expect(rig.funds()).toMatchObject({ used: 25, held: 0, remaining: 75 });
  });

  it("asks before it holds, with the checked input, as a POST to the quote's own path", async () => {
    const works: Work[] = [];
    const upstream = quoting((work) => {
      works.push(work);
      expect(rig.funds().held).toBe(0);
      return 7;
    });
    const rig = await createRig({ upstream });
    const answer = await rig.send(launch(3));
    expect(works).toHaveLength(1);
    expect(works[0]).toMatchObject({
      operation: "launch",
      method: "POST",
      path: "/campaigns/quote",
      search: "?draft=1",
      body: { prompts: 3 },
      requestId: answer.requestId,
    });
  });

  it("dearer than what is left is refused, does nothing and holds nothing", async () => {
    let runs = 0;
    const plain = acmeUpstream();
    const run: Upstream["run"] = (work) => {
      runs++;
      return plain.run(work);
    };
    const rig = await createRig({ upstream: { ...plain, run } });
    expect((await rig.send(launch(101))).code).toBe("credits_exhausted");
    expect((await rig.send(launch(100))).status).toBe(201);
    expect((await rig.send(launch(1))).code).toBe("credits_exhausted");
    expect(runs).toBe(1);
    expect(rig.funds()).toMatchObject({ used: 100, held: 0 });
  });

  it("at 0 is free, and needs no hold", async () => {
    const rig = await createRig({ upstream: quoting(() => 0) });
    const answer = await rig.send(launch(5));
    expect(answer.status).toBe(201);
    expect(rig.stores.ledger.hold(answer.requestId)).toBeUndefined();
    expect(answer.header("X-Credits-Remaining")).toBeUndefined();
  });

  it("can be quoted in an answer, where the price points", async () => {
    const rig = await createRig({ upstream: quoting(async () => reply({ credits: 12 })) });
    expect((await rig.send(launch(5))).status).toBe(201);
    expect(rig.funds().used).toBe(12);
  });

  it("can be quoted by a web handler, over the quote's own path", async () => {
    const seen: string[] = [];
    const upstream = fetchUpstream(async (request) => {
      seen.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`);
      return Response.json({ credits: 3 }, { status: 201 });
    });
    const rig = await createRig({ upstream });
    expect((await rig.send(launch(5))).status).toBe(201);
    expect(seen).toEqual(['POST /campaigns/quote {"prompts":5}', 'POST /campaigns {"prompts":5}']);
    expect(rig.funds().used).toBe(3);
  });
});

describe("a quote that refuses", () => {
  it.each<[string, Upstream["quote"], string]>([
    ["by a refusal", () => refuse("plan_limit_reached"), "plan_limit_reached"],
    ["by an error that folds", () => reply({}, 404), "not_found"],
    ["by being down", () => reply({}, 503), "unavailable"],
    ["by an error that nothing covers", () => reply({}, 418), "internal"],
  ])("speaks for the call: %s", async (_, quote, code) => {
    const rig = await createRig({ upstream: quoting(quote) });
    const refused = await rig.send(launch(5, { "Idempotency-Key": "a" }));
    expect(refused.code).toBe(code);
    expect(rig.row(refused).endedAt).toBe("reserve");
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });

  it("by taking too long is a timeout, and its work is told to stop", async () => {
    let signal: AbortSignal | undefined;
    const upstream = quoting((work) => {
      signal = work.signal;
      return new Promise(() => undefined);
    });
    const rig = await createRig({ upstream });
    const refused = await drive(rig.clock, rig.send(launch(5)));
    expect(refused.code).toBe("upstream_timeout");
    expect(rig.clock.monotonicMs()).toBe(5_000);
    expect(signal?.aborted).toBe(true);
  });
});

describe("a quote that is no number of credits", () => {
  it.each<[string, Upstream["quote"]]>([
    ["below 0", () => -1],
    ["a fraction", () => 1.5],
    ["no number", () => Number.NaN],
    ["without end", () => Number.POSITIVE_INFINITY],
    ["more than a safe integer", () => 2 ** 53],
    ["text in an answer", () => reply({ credits: "5" })],
    ["absent from an answer", () => reply({})],
    ["an answer that is no JSON", () => ({ status: 200, headers: [], body: "five" })],
    ["thrown", () => Promise.reject(new Error("a bug"))],
  ])("is a fault of ours, not an outage of the ledger: %s", async (_, quote) => {
    const rig = await createRig({ upstream: quoting(quote) });
    const refused = await rig.send(launch(5));
    expect(refused.code).toBe("internal");
    expect(rig.events).toMatchObject([{ kind: "fault", step: "reserve" }]);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });
});

describe("a quoted call that comes again", () => {
  it("is replayed without another quote, also when that would now be refused", async () => {
    let quotes = 0;
    const upstream = quoting(() => (quotes++ === 0 ? 90 : refuse("conflict")));
    const rig = await createRig({ upstream });
    const once = { "Idempotency-Key": "a" };
    expect((await rig.send(launch(5, once))).status).toBe(201);
    const again = await rig.send(launch(5, once));
    expect(again.header("Idempotent-Replayed")).toBe("true");
    expect(quotes).toBe(1);
    const reused = await rig.send(launch(6, once));
    expect(reused.code).toBe("idempotency_key_reused");
    expect(quotes).toBe(1);
  });
});
