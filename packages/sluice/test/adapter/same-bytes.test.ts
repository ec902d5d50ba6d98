// One gate, two native translations: the fetch adapter and the node adapter give the same status, headers and body
// for the same request, hop, framing and date apart.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import { secretFor, secrets } from "../gate/fixtures/people.ts";
import { createRig, type RigOptions } from "../gate/fixtures/rig.ts";
import { events, gateOf, HandMadeStream } from "./fixtures/hand-made-stream.ts";
import { serve, startServer, widen } from "./fixtures/live-server.ts";
import type { RawClient } from "./fixtures/raw-client.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | undefined;
}

/** What each adapter adds for its own hop. */
const OF_THE_HOP = new Set([
  "connection",
  "keep-alive",
  "date",
  "content-length",
  "transfer-encoding",
]);

interface Seen {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

function seen(
  status: number,
  headers: Iterable<readonly [string, string]>,
  body: Uint8Array,
): Seen {
  const lines = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (OF_THE_HOP.has(lower)) continue;
    // Lines of one name are one list (RFC 9110 §5.3), cookies apart.
    const before = lines.get(lower);
    const between = lower === "set-cookie" ? "\n" : ", ";
    lines.set(lower, before === undefined ? value : `${before}${between}${value}`);
  }
  const sorted = [...lines].map(([name, value]) => `${name}: ${value}`).sort();
  return { status, headers: sorted, body: Buffer.from(body).toString("latin1") };
}

/** The same gate twice, with the same chance: once behind each adapter. */
async function bothWays(options: () => RigOptions = () => ({})) {
  const { connect } = await startServer(options());
  const rig = await createRig(options());
  await widen(rig);
  const handle = createFetchHandler(rig.gate, { addressOf: () => "127.0.0.1" });
  let client: RawClient | undefined;

  async function overFetch({ method, path, headers, body }: Asked): Promise<Seen> {
    const bytes = body === undefined ? undefined : Buffer.from(body, "latin1");
    const request = new Request(`http://acme.test${path}`, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(bytes && { body: bytes }),
    });
    const response = await handle(request);
    return seen(response.status, response.headers, await response.bytes());
  }

  async function overNode({ method, path, headers, body }: Asked): Promise<Seen> {
    const lines = [`${method} ${path} HTTP/1.1`, "Host: acme.test"];
    for (const [name, value] of headers) lines.push(`${name}: ${value}`);
    if (body !== undefined) lines.push(`Content-Length: ${body.length}`);
    client ??= await connect();
    const response = await client.ask(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`, method);
    if (response.header("connection") === "close") client = undefined;
    return seen(response.status, response.headers, response.body);
  }

  return async (asked: Asked): Promise<readonly [Seen, Seen]> => [
    await overFetch(asked),
    await overNode(asked),
  ];
}

const own = ["X-API-Key", secrets.pro] as const;
const cat = '{"prompt":"a cat"}';

function ask(method: string, path: string, ...more: (readonly [string, string])[]): Asked {
  return { method, path, headers: [own, ...more] };
}

function post(path: string, body: string, ...more: (readonly [string, string])[]): Asked {
  return { ...ask("POST", path, ...more), body };
}

const TABLE: readonly Asked[] = [
  ask("GET", "/v1/hello"),
  ask("HEAD", "/v1/hello"),
  ask("GET", "/v1/hello?a=1&b=%20#"),
  ask("GET", "/v1/hello/"),
  ask("GET", "/v1//hello"),
  ask("GET", "/"),
  ask("GET", "/v1"),
  ask("PUT", "/v1/hello"),
  ask("OPTIONS", "/v1/hello"),
  ask("HEAD", "/v1/nowhere"),
  ask("GET", "/v1/notes/note_1?lines=3"),
  ask("GET", "/v1/notes/note_%31"),
  ask("GET", "/v1/notes/%ff"),
  ask("GET", "/v1/notes/note_1?lines=0"),
  ask("DELETE", "/v1/notes/note_1"),
  ask("GET", "/v1/reports"),
  ask("GET", "/v1/hello", ["X-Request-Id", "mine"]),
  ask("GET", "/v1/hello", ["X-Request-Id", "  spaced  "]),
  ask("GET", "/v1/hello", ["X-Request-Id", "one"], ["X-Request-Id", "two"]),
  ask("GET", "/v1/hello", ["Sluice-Simulate", "internal"]),
  { ...ask("GET", "/v1/hello"), headers: [] },
  { ...ask("GET", "/v1/hello"), headers: [["X-API-Key", "nonsense"]] },
  { ...ask("GET", "/v1/hello"), headers: [["X-API-Key", ""]] },
  { ...ask("GET", "/v1/hello"), headers: [["X-API-Key", secretFor("nobody")]] },
  { ...ask("GET", "/v1/hello"), headers: [["Authorization", `Bearer ${secrets.pro}`]] },
  { ...ask("GET", "/v1/hello"), headers: [own, own] },
  {
    ...ask("GET", "/v1/hello"),
    headers: [
      ["X-API-Key", secrets.test],
      ["Sluice-Simulate", "conflict"],
    ],
  },
  {
    ...ask("GET", "/v1/hello"),
    headers: [
      ["X-API-Key", secrets.test],
      ["Sluice-Simulate", "rate_limited"],
    ],
  },
  post("/v1/renders", cat),
  post("/v1/renders?dpi=300", cat, ["Content-Type", "application/json"]),
  post("/v1/renders", cat, ["Content-Type", "text/plain"]),
  post("/v1/renders", cat, ["Content-Encoding", "gzip"]),
  post("/v1/renders", "{}"),
  post("/v1/renders", "{"),
  post("/v1/renders", '{"prompt":"caf\u00c3\u00a9"}'),
  post("/v1/renders", '{"prompt":"\u00ff"}'),
  post("/v1/renders", `{"prompt":"${"x".repeat(500)}"}`),
  post("/v1/renders", cat, ["Idempotency-Key", "a"]),
  post("/v1/renders", cat, ["Idempotency-Key", "a"]),
  post("/v1/renders", cat.replace("cat", "dog"), ["Idempotency-Key", "a"]),
  post("/v1/renders", cat, ["Idempotency-Key", "a b"]),
  post("/v1/chat", cat),
  post("/v1/campaigns", '{"prompts":3}'),
  post("/v1/campaigns", '{"prompts":1000}'),
  post("/v1/notes", '{"title":"t","meta":{"a":"x"}}'),
];

describe("the two native adapters give the same answer", () => {
  it("to each request of a table, in one session each", async () => {
    const both = await bothWays();
    for (const asked of TABLE) {
      const [overFetch, overNode] = await both(asked);
      expect({ asked, ...overNode }).toEqual({ asked, ...overFetch });
    }
  });

  it("to an upstream that answers everything that one can", async () => {
    const answers = [
      { status: 200, headers: ["Set-Cookie", "a=1", "Set-Cookie", "b=2"], body: "two cookies" },
      { status: 200, headers: ["X-Twice", "1", "X-Twice", "2"], body: "" },
      { status: 200, headers: ["Content-Type", "image/png"], body: Uint8Array.from([0, 255, 13]) },
      {
        status: 200,
        headers: ["Content-Type", "text/plain"],
        body: "caf\u00e9 \u{1f600}",
      },
      { status: 201, headers: ["Location", "/v1/x"], body: "{}" },
      { status: 204, headers: ["ETag", '"1"'], body: "" },
      { status: 304, headers: ["ETag", '"1"'], body: "" },
      { status: 302, headers: ["Location", "https://acme.test/"], body: "" },
      { status: 404, headers: ["X-Inner", "1"], body: "inner" },
      { status: 500, headers: [], body: "inner" },
    ];
    for (const answer of answers) {
      const both = await bothWays(() => ({ handlers: { hello: () => answer } }));
      for (const method of ["GET", "HEAD"]) {
        const [overFetch, overNode] = await both(ask(method, "/v1/hello"));
        expect({ answer, method, ...overNode }).toEqual({ answer, method, ...overFetch });
      }
    }
  });

  it("to a stream, empty pieces and an empty stream included", async () => {
    const large = new Uint8Array(200_000).fill(97);
    const streams = [[], [""], ["data: 1\n\n", "", "data: caf\u00e9\r\n\r\n", large], [":\r\r"]];
    for (const pieces of streams) {
      const gate = await gateOf(() => events(HandMadeStream.of(...pieces)));
      const { connect } = await serve(gate);
      const client = await connect();
      const handle = createFetchHandler(gate);
      const url = "http://acme.test/v1/hello";
      for (const method of ["GET", "HEAD"]) {
        const overFetch = await handle(new Request(url, { method }));
        const line = `${method} /v1/hello HTTP/1.1\r\nHost: acme.test\r\n\r\n`;
        const overNode = await client.ask(line, method);
        expect(seen(overNode.status, overNode.headers, overNode.body)).toEqual(
          seen(overFetch.status, overFetch.headers, await overFetch.bytes()),
        );
      }
    }
  });

  it("to random requests", async () => {
    const both = await bothWays();
    await fc.assert(
      fc.asyncProperty(anyRequest, async (asked) => {
        const [overFetch, overNode] = await both(asked);
        expect(overNode).toEqual(overFetch);
      }),
      { numRuns: 500, seed: 9651 },
    );
  });
});

const anySegment = fc.constantFrom(
  "hello",
  "notes",
  "note_1",
  "renders",
  "chat",
  "campaigns",
  "reports",
  "%20",
  "%2e%2E%2f",
  "%e2%82%ac",
  "~._-",
  "a:b@c!$&'()*+,;=",
);
const anyPath = fc
  .tuple(
    fc.constantFrom("/v1", "/v1", "/v1", "", "/v2", "/v1/notes"),
    fc.array(anySegment, { maxLength: 3 }),
    fc.constantFrom("", "?", "?lines=2", "?lines=x&lines=3", "?dpi=300", "?a=%ff&b", "?=&&"),
  )
  .map(([base, segments, query]) => `${[base, ...segments].join("/") || "/"}${query}`);
const anyValue = fc.oneof(
  fc.constantFrom("application/json", "text/html", "gzip", "a", '"a"', secrets.pro, secrets.free),
  fc.stringMatching(/^[\x21-\x7e]([\t\x20-\x7e]{0,20}[\x21-\x7e])?$/),
  fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{1,10}$/),
);
const anyHeader = fc.tuple(
  fc.constantFrom(
    "Authorization",
    "Content-Type",
    "Content-Encoding",
    "Idempotency-Key",
    "Sluice-Simulate",
    "X-Request-Id",
    "X-Client-Request-Id",
    "Accept",
    "User-Agent",
  ),
  anyValue,
);
const anyKey = fc
  .constantFrom(secrets.pro, secrets.pro, secrets.pro, secrets.free, secrets.test, "nonsense")
  .map((key): readonly [string, string] => ["X-API-Key", key]);
const anyBody = fc.oneof(
  fc.constantFrom(cat, '{"prompts":1}', '{"title":"t"}', "{}", "[]", "", "{", '{"prompt":1}'),
  fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text).toString("latin1")),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
);
const anyRequest: fc.Arbitrary<Asked> = fc
  .record({
    method: fc.constantFrom("GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "PATCH"),
    path: anyPath,
    key: anyKey,
    headers: fc.array(anyHeader, { maxLength: 3 }),
    body: anyBody,
  })
  .map(({ method, path, key, headers, body }) => ({
    method,
    path,
    headers: [key, ...headers],
    body: method === "GET" || method === "HEAD" ? undefined : body,
  }));
