// The promise: an API gives the same bytes with the gate embedded and in front. Everything that a plain API can answer, and
// everything that the gate says by itself, over every store.

import { describe, expect, it } from "vitest";
import type { Asked } from "../src/seen.ts";
import { kindsOfStores, useStores } from "../src/stores.ts";
import { doingsOf, plainWorks } from "./fixtures/doings.ts";
import { type BothWays, type KeyName, openBothWays } from "./fixtures/session.ts";
import { UPLOAD_BYTES_MAX } from "./fixtures/works.ts";

const open = useStores();
const prompt = '{"prompt":"a cat"}';

interface How {
  readonly key?: KeyName | null;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly does?: string;
}

const order = (how: How = {}): How => ({ body: prompt, ...how });

function ask(
  { same }: BothWays,
  what: string,
  { key = "pro", headers = [], body, does }: How = {},
) {
  const [method = "GET", path = "/"] = what.split(" ");
  return same((keys): Asked => {
    const lines = [...headers];
    if (key !== null) lines.push(["X-API-Key", keys[key]]);
    if (does !== undefined) lines.push(["X-Do", does]);
    const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
    if (body !== undefined && !isTyped) lines.push(["Content-Type", "application/json"]);
    return { method, path, headers: lines, body };
  });
}

/** What the plain API answers meets every kind of operation that could read it. */
const places = {
  "GET /v1/things/1": [doingsOf.anything, {}],
  "HEAD /v1/things/1": [[...doingsOf.anything, ...doingsOf.slow], {}],
  "POST /v1/things": [[...doingsOf.anything, ...doingsOf.slow], order()],
  "POST /v1/measures": [[...doingsOf.anything, ...doingsOf.priced, ...doingsOf.slow], order()],
  "POST /v1/weights": [[...doingsOf.anything, ...doingsOf.priced, ...doingsOf.slow], order()],
  "POST /v1/launches": [[...doingsOf.priced, "json", "a page of an error 503"], order()],
  "POST /v1/boxes": [[...doingsOf.anything, ...doingsOf.slow], order()],
  "POST /v1/stories": [[...doingsOf.anything, ...doingsOf.slow], order()],
  "PUT /v1/boxes/1": [doingsOf.anything, { body: "\x00\xff".repeat(1_000) }],
  "GET /v1/rest/a/b?c=d": [[...doingsOf.anything, ...doingsOf.slow], {}],
} as const satisfies Readonly<Record<string, readonly [readonly string[], How]>>;

describe.each(kindsOfStores)("with stores in %s, both ways give the same", (kind) => {
  it.each(Object.keys(places) as (keyof typeof places)[])(
    "whatever the plain API answers to %s",
    async (what) => {
      const both = await openBothWays(open, kind, plainWorks);
      const [doings, how] = places[what];
      for (const does of doings) await ask(both, what, { ...how, does });
    },
    60_000,
  );

  it("first answers and replays of whatever the plain API answers to a repeated key", async () => {
    const both = await openBothWays(open, kind, plainWorks);
    for (const [n, does] of [...doingsOf.anything, ...doingsOf.slow].entries()) {
      for (const what of ["POST /v1/things", "POST /v1/stories"]) {
        const repeated = order({
          does,
          headers: [["Idempotency-Key", `key ${n}`.replace(" ", "-")]],
        });
        await ask(both, what, repeated);
        await ask(both, what, repeated);
        await ask(both, what, { ...repeated, body: '{"prompt":"a dog"}' });
      }
    }
  }, 60_000);

  it("answers to requests that the gate refuses or answers by itself", async () => {
    const both = await openBothWays(open, kind, plainWorks);
    for (const [what, how] of requests) await ask(both, what, how);
    const limited = [];
    for (let n = 0; n < 5; n++)
      limited.push((await ask(both, "GET /v1/things/1", { key: "free" })).status);
    expect(limited).toEqual([200, 200, 200, 429, 429]);
  }, 60_000);

  it("refusals to a test key that wishes for them", async () => {
    const both = await openBothWays(open, kind, plainWorks);
    for (const code of Object.keys(both.embedded.served.gate.api.wire.codes)) {
      const headers = [["Sluice-Simulate", code]] as const;
      for (const key of ["test", "pro"] as const) {
        await ask(both, "POST /v1/things", order({ key, headers }));
      }
    }
  }, 60_000);

  it("answers to the start of a job, and to its end", async () => {
    const both = await openBothWays(open, kind, plainWorks);
    const ends = [
      { kind: "completed", credits: 12 },
      { kind: "failed" },
      { kind: "completed", credits: 99 },
    ] as const;
    for (const outcome of ends) {
      const started = await ask(both, "POST /v1/films", order({ does: "something accepted" }));
      const id = started.headers.find((line) => line.startsWith("X-Request-Id: "))?.slice(14) ?? "";
      const [one, other] = await Promise.all(
        [both.embedded, both.proxied].map(({ served }) => served.gate.jobs.end(id, outcome)),
      );
      expect(other).toEqual(one);
      expect(one?.kind).not.toBe("unknown");
    }
    for (let n = 0; n < 3; n++) await ask(both, "POST /v1/films", order());
    await ask(both, "GET /v1/balance");
  }, 60_000);
});

const large = "x".repeat(UPLOAD_BYTES_MAX);
const json = (value: object) => JSON.stringify(value);

const requests: readonly (readonly [what: string, how?: How])[] = [
  ["GET /v1/balance"],
  ["HEAD /v1/balance"],
  ["GET /v1/things/1", { key: null }],
  ["GET /v1/things/1", { key: null, headers: [["X-API-Key", "nonsense"]] }],
  ["GET /v1/things/1", { key: null, headers: [["X-API-Key", ""]] }],
  ["GET /v1/things/1", { key: null, headers: [["Authorization", "Basic abc"]] }],
  ["GET /v1/things/1", { key: "revoked" }],
  ["GET /v1/things/1", { key: "expired" }],
  ["GET /v1/things/1", { key: "lapsed" }],
  ["GET /v1/things/1?lines=0"],
  ["GET /v1/things/1?lines=3&lines=4&x=%ff", { does: "echoes what was asked" }],
  ["GET /v1/things/%C3%A9%2f?a=b+c", { does: "echoes what was asked" }],
  ["GET /v1/things/1/", { does: "echoes what was asked" }],
  ["GET /v1/things/1", { does: "echoes what was asked", headers: [["X-Odd", "caf\xe9"]] }],
  [
    "GET /v1/things/1",
    {
      does: "echoes what was asked",
      headers: [
        ["X-Odd", "a"],
        ["X-Odd", "b"],
      ],
    },
  ],
  ["GET /v1/things/1", { headers: [["X-Request-Id", "mine"]] }],
  ["GET /v1/things/1", { headers: [["X-Request-Id", " \xe9 "]] }],
  ["GET /v1/things/1", { headers: [["X-Client-Request-Id", "mine"]] }],
  [
    "GET /v1/things/1",
    {
      headers: [
        ["Connection", "X-Odd"],
        ["X-Odd", "a"],
      ],
      does: "echoes what was asked",
    },
  ],
  [
    "GET /v1/things/1",
    {
      headers: [
        ["Accept-Encoding", "gzip, br"],
        ["Range", "bytes=0-1"],
      ],
    },
  ],
  ["GET /v1/things/1", { headers: [["If-None-Match", '"1"']], does: "not modified" }],
  ["GET /v1/things/1", { body: "a body where none belongs", does: "echoes what was asked" }],
  ["DELETE /v1/things/1"],
  ["OPTIONS /v1/things"],
  ["PATCH /v1/rest/a"],
  ["GET /"],
  ["GET /v1"],
  ["GET /v2/things/1"],
  ["GET /v1/nowhere"],
  ["HEAD /v1/nowhere"],
  ["POST /v1/things"],
  ["POST /v1/things", { body: "" }],
  ["POST /v1/things", { body: "{" }],
  ["POST /v1/things", { body: "[]" }],
  ["POST /v1/things", { body: "{}" }],
  ["POST /v1/things", { body: '{"prompt":1}' }],
  ["POST /v1/things", { body: '{"prompt":"\xff"}' }],
  ["POST /v1/things", { body: '\xef\xbb\xbf{"prompt":"a"}', does: "echoes the body" }],
  ["POST /v1/things", { body: '{"prompt":"caf\xc3\xa9"}', does: "echoes the body" }],
  ["POST /v1/things", { body: prompt, headers: [["Content-Type", "text/plain"]] }],
  ["POST /v1/things", { body: prompt, headers: [["Content-Encoding", "gzip"]] }],
  [
    "POST /v1/things",
    { body: prompt, headers: [["Content-Type", "application/json; charset=utf-8"]] },
  ],
  ["POST /v1/things", { body: json({ prompt: "x".repeat(1_048_576) }) }],
  ["POST /v1/things", { body: prompt, headers: [["Idempotency-Key", "a b"]] }],
  ["POST /v1/things", { body: prompt, headers: [["Idempotency-Key", "x".repeat(300)]] }],
  ["POST /v1/boxes", { body: prompt, headers: [["Idempotency-Key", "a"]] }],
  [
    "PUT /v1/boxes/1",
    { body: large, does: "echoes the body", headers: [["Content-Type", "text/csv"]] },
  ],
  ["PUT /v1/boxes/1", { body: `${large}x`, does: "echoes the body" }],
  ["PUT /v1/boxes/1", { body: large, does: "does not read" }],
  ["PUT /v1/boxes/1", { body: "", does: "echoes the body" }],
  ["PUT /v1/boxes/1", { does: "echoes the body" }],
  ["PUT /v1/boxes/1", { body: "ab", headers: [["Idempotency-Key", "a"]] }],
  ["GET /v1/rest/", { does: "echoes what was asked" }],
  ["GET /v1/rest/a/b/c?d=e", { does: "echoes what was asked" }],
  ["GET /v1/rest/../things/1", { does: "echoes what was asked" }],
  ["GET /v1/rest/a%2fb", { does: "echoes what was asked" }],
  ["GET /v1/rest/a//b", { does: "echoes what was asked" }],
];
