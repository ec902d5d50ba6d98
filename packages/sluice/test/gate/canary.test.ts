// Law 7: no secret leaves. Canary keys are put into every spot of a request; none may be found afterwards in an
// answer, an event, the console, the log, the stores, or in anything that can be inspected.

import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createGate } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { acme } from "./fixtures/acme.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { type Eavesdropper, eavesdrop } from "./fixtures/eavesdropper.ts";
import { FakeCall, type Sent } from "./fixtures/fake-call.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { PEPPER, secretFor, secrets, settle } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

/** Keys that exist, keys that could, and text that looks like one. */
const CANARIES: Readonly<Record<string, string>> = {
  "a live key": secrets.thrifty,
  "a test key": secrets.test,
  "a revoked key": secrets.revoked,
  "a key that nobody made": secretFor("canary"),
  "a key with a wrong checksum": `${secretFor("canary").slice(0, -1)}!`,
  "a key with something behind it": `${secretFor("canary")}-and_more`,
};

const own = { key: secrets.pro };
const prompt = { prompt: "a cat" };

/** Every spot of a request in which somebody may put a key, on purpose or not. */
const SPOTS: Readonly<Record<string, (canary: string) => Sent>> = {
  "the key's header": (canary) => ({ path: "/v1/hello", key: canary }),
  "the bearer": (canary) => ({ path: "/v1/hello", ...header("Authorization", `Bearer ${canary}`) }),
  "the bearer without its scheme": (canary) => ({
    path: "/v1/hello",
    ...header("Authorization", canary),
  }),
  "both places": (canary) => ({
    path: "/v1/hello",
    key: canary,
    ...header("Authorization", `Bearer ${canary}`),
  }),
  "both places, one of them twice": (canary) => ({
    path: "/v1/hello",
    key: `${canary}, ${canary}`,
    ...header("Authorization", `Bearer ${canary}`),
  }),
  "the place that does not win": (canary) => ({
    path: "/v1/hello",
    ...own,
    ...header("Authorization", `Bearer ${canary}`),
  }),
  "the query": (canary) => ({ path: `/v1/hello?api_key=${canary}`, ...own }),
  "a query that is checked": (canary) => ({ path: `/v1/notes/note_1?lines=${canary}`, ...own }),
  "a query's name": (canary) => ({ path: `/v1/notes/note_1?${canary}=1&lines=x`, ...own }),
  "a path parameter": (canary) => ({ path: `/v1/notes/${canary}`, ...own }),
  "a path parameter, percent-encoded": (canary) => ({
    path: `/v1/notes/${percentEncoded(canary)}`,
    ...own,
  }),
  "a path that is no operation, in part percent-encoded": (canary) => ({
    path: `/v1/${canary.replaceAll("_", "%5F")}`,
    ...own,
  }),
  "a path that is no operation": (canary) => ({ path: `/v1/${canary}/x`, ...own }),
  "a path outside the API": (canary) => ({ path: `/${canary}`, ...own }),
  "a path without a key": (canary) => ({ path: `/v1/notes/${canary}` }),
  "a field that passes": (canary) => ({ path: "/v1/notes", ...own, body: { title: canary } }),
  "a field that is refused": (canary) => ({
    path: "/v1/notes",
    ...own,
    body: { title: canary.repeat(3) },
  }),
  "the name of a field": (canary) => ({
    path: "/v1/notes",
    ...own,
    body: { title: "t", meta: { [canary]: "no number" } },
  }),
  "a body that is no JSON": (canary) => ({ path: "/v1/notes", ...own, text: `${canary}{` }),
  "a field of a call whose handler throws": (canary) => ({
    path: "/v1/chat",
    ...own,
    body: { prompt: canary },
  }),
  "the caller's request id": (canary) => ({
    path: "/v1/hello",
    ...own,
    ...header("X-Request-Id", canary),
  }),
  "the caller's request id, inside": (canary) => ({
    path: "/v1/hello",
    ...own,
    ...header("X-Client-Request-Id", `trace:${canary}:1`),
  }),
  "the idempotency key": (canary) => ({
    path: "/v1/renders",
    ...own,
    body: prompt,
    ...header("Idempotency-Key", canary),
  }),
  "the idempotency key, quoted and inside": (canary) => ({
    path: "/v1/renders",
    ...own,
    body: prompt,
    ...header("Idempotency-Key", `"order-${canary}"`),
  }),
  "the simulation": (canary) => ({
    path: "/v1/hello",
    key: secrets.test,
    ...header("Sluice-Simulate", canary),
  }),
  "the simulation's parameter": (canary) => ({
    path: "/v1/hello",
    key: secrets.test,
    ...header("Sluice-Simulate", `internal; note="${canary}"`),
  }),
  "the agent": (canary) => ({ path: "/v1/hello", ...own, ...header("User-Agent", canary) }),
  "the cookie": (canary) => ({ path: "/v1/hello", ...own, ...header("Cookie", `k=${canary}`) }),
  "the type of the body": (canary) => ({
    path: "/v1/notes",
    ...own,
    body: { title: "t" },
    ...header("Content-Type", canary),
  }),
  "the address that a proxy wrote": (canary) => ({
    path: "/v1/hello",
    key: secretFor("nobody"),
    ...header("X-Forwarded-For", canary),
  }),
};

function header(name: string, value: string) {
  return { headers: { [name]: value } };
}

function percentEncoded(text: string): string {
  return Array.from(text, (one) => `%${one.charCodeAt(0).toString(16)}`).join("");
}

function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Where a key was found, of all that the gate knows and all that was sent. */
async function leaks(ear: Eavesdropper, canary: string): Promise<string[]> {
  const everything = await ear.everything();
  const wanted = [...new Set([canary, ...Object.values(secrets)])];
  return [...everything].flatMap(([source, text]) => {
    const both = text.includes("%") ? `${text}\n${percentDecoded(text)}` : text;
    return wanted.filter((secret) => both.includes(secret)).map(() => source);
  });
}

describe("K2, G4: a key is found nowhere", () => {
  for (const [spot, request] of Object.entries(SPOTS)) {
    it(`after it was sent in ${spot}`, async () => {
      for (const [kind, canary] of Object.entries(CANARIES)) {
        const ear = await eavesdrop();
        await ear.send(request(canary));
        expect({ kind, leaks: await leaks(ear, canary) }).toEqual({ kind, leaks: [] });
      }
    });
  }

  it("after an upstream has put it into words of its own", async () => {
    for (const [kind, canary] of Object.entries(CANARIES)) {
      const text = `there is a prompt already: ${canary}`;
      const body = JSON.stringify({ code: "DUPLICATE", field: `tags.${canary}`, text });
      const ear = await eavesdrop({ chat: () => ({ status: 409, headers: [], body }) });
      await ear.send({ path: "/v1/chat", ...own, body: prompt });
      expect(ear.rig.rows()[0]?.details?.message).toContain("there is a prompt already");
      expect({ kind, leaks: await leaks(ear, canary) }).toEqual({ kind, leaks: [] });
    }
  });

  it("when the stores throw whatever they know", async () => {
    const ear = await eavesdrop();
    const { directory, limits, ledger } = ear.rig.stores;
    for (const [port, method] of [
      [directory, "findKey"],
      [limits, "admit"],
      [ledger, "reserve"],
    ] as const) {
      const spy = vi.spyOn(port as never, method as never) as ReturnType<typeof vi.spyOn>;
      spy.mockImplementation((...parameters: unknown[]) => {
        throw new Error(`${method} failed for ${inspect(parameters, { depth: 9 })}`);
      });
      await ear.send({ path: "/v1/renders", ...own, body: prompt });
      spy.mockRestore();
    }
    expect(ear.rig.events.length).toBeGreaterThan(0);
    expect(await leaks(ear, secrets.pro)).toEqual([]);
  });

  it("after it was made, rotated and revoked", async () => {
    const ear = await eavesdrop();
    const { keys } = ear.rig.gate;
    const made = await keys.create({ accountId: "pro", name: "canary", by: "operator" });
    await ear.send({ path: "/v1/hello", key: made.secret });
    const rotated = await keys.rotate(made.key.id, { overlapMs: 1_000, by: "operator" });
    await ear.send({ path: "/v1/hello", key: rotated.secret });
    await keys.revoke(made.key.id, "operator");
    await ear.send({ path: "/v1/hello", key: rotated.secret });
    expect(await leaks(ear, made.secret)).toEqual([]);
    expect(await leaks(ear, rotated.secret)).toEqual([]);
  });

  it("in what the upstream is told, in whichever place it was sent", async () => {
    const told: string[] = [];
    const plain = acmeUpstream();
    const upstream: typeof plain = {
      ...plain,
      run(work) {
        told.push(inspect([...work.headers()]), inspect(work.caller), inspect(work));
        return plain.run(work);
      },
    };
    const rig = await createRig({ upstream });
    const bearer = { Authorization: `Bearer ${secrets.pro}`, Cookie: "a=b", Accept: "text/csv" };
    await rig.send({ path: "/v1/hello", key: secrets.pro, headers: bearer });
    await rig.send({ path: "/v1/hello", headers: bearer });
    expect(told).toHaveLength(6);
    expect(told.join("\n")).not.toContain(secrets.pro);
    expect(told.join("\n")).toContain("text/csv");
  });
});

describe("the console of a gate without a listener", () => {
  it("hears of a fault, and of no key that a handler put into its error", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((...parts) => void lines.push(parts.join(" ")));
    const stores = createMemoryStores();
    await settle(stores.directory);
    const upstream = acmeUpstream({
      chat: ({ body }) => Promise.reject(new Error(`no model likes ${body.prompt}`)),
    });
    const gate = createGate(acme, { stores, upstream, pepper: PEPPER });
    const canary = secretFor("canary");
    await gate.handle(new FakeCall({ path: "/v1/chat", ...own, body: { prompt: canary } }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^sluice: fault in run, request [0-9a-f-]{36}: Error: no model likes/);
    expect(lines[0]).not.toContain(canary);
  });
});
