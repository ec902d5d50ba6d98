// Pages of other origins: what a browser asks before a request is answered without a key, and what it may read of every answer is
// said in the answer, behind both adapters alike. The rules are those of the Fetch standard.

import { describe, expect, it } from "vitest";
import { type CorsOptions, originProblem, withCors } from "../../src/adapter/cors.ts";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import { secretFor, secrets } from "../gate/fixtures/people.ts";
import { createRig, type RigOptions } from "../gate/fixtures/rig.ts";
import { serve } from "./fixtures/live-server.ts";

const PAGE = "https://app.example";
const url = "http://acme.test";
const own = { "X-API-Key": secrets.pro };

async function allowing(cors: CorsOptions, options: RigOptions = {}) {
  const rig = await createRig(options);
  const handle = createFetchHandler(withCors(rig.gate, cors));
  // The same chance and the same clock, in a session of its own.
  const bare = createFetchHandler((await createRig(options)).gate);
  return {
    rig,
    ask: (path: string, init?: RequestInit) => handle(new Request(`${url}${path}`, init)),
    askBare: (path: string, init?: RequestInit) => bare(new Request(`${url}${path}`, init)),
  };
}

function preflight(origin: string, headers = "authorization,content-type"): RequestInit {
  const asked = {
    Origin: origin,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": headers,
  };
  return { method: "OPTIONS", headers: asked };
}

/** Fetch §3.3.6 and §2.2.6: what a page may read of an answer. */
function readable({ headers }: Response): string[] {
  const exposed = headers.get("access-control-expose-headers") ?? "";
  return [
    ...exposed.split(", "),
    ...["Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires"],
    ...["Last-Modified", "Pragma"],
  ].map((name) => name.toLowerCase());
}

describe("what a browser asks before a request", () => {
  it("is answered without a key, for every method and every header that it asks for by name", async () => {
    const { ask, rig } = await allowing({ origins: [PAGE] });
    const response = await ask("/v1/renders", preflight(PAGE, "authorization, x-sdk-lang"));
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(Object.fromEntries(response.headers)).toEqual({
      "access-control-allow-headers": "authorization, x-sdk-lang",
      "access-control-allow-methods": "HEAD, GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-origin": PAGE,
      "access-control-max-age": "7200",
      vary: "Origin",
    });
    expect(rig.rows()).toEqual([]);
  });

  it("counts in no window", async () => {
    const { ask } = await allowing({ origins: "*" });
    const left = async () =>
      Number((await ask("/v1/hello", { headers: own })).headers.get("x-ratelimit-remaining"));
    const before = await left();
    for (let n = 0; n < 3; n++) await ask("/v1/hello", preflight(PAGE));
    expect(await left()).toBe(before - 1);
  });

  it("is allowed nothing where the page is of another origin", async () => {
    const { ask } = await allowing({ origins: [PAGE], credentials: true });
    for (const origin of ["https://app.example.evil", "http://app.example", "null"]) {
      const response = await ask("/v1/renders", preflight(origin));
      expect([origin, response.status]).toEqual([origin, 204]);
      expect([...response.headers]).toEqual([["vary", "Origin"]]);
    }
  });

  it("is remembered for as long as is said", async () => {
    const { ask } = await allowing({ origins: "*", maxAgeMs: 90_500 });
    const { headers } = await ask("/v1/hello", preflight(PAGE));
    expect(headers.get("access-control-max-age")).toBe("90");
  });

  it.each(["a b", "a,,b", "a:", ","])("gets no headers back that are none: %j", async (names) => {
    const { ask } = await allowing({ origins: "*" });
    const { status, headers } = await ask("/v1/hello", preflight(PAGE, names));
    expect([status, headers.get("access-control-allow-headers")]).toEqual([204, null]);
  });

  it.each<[string, Record<string, string>]>([
    ["OPTIONS", { Origin: PAGE }],
    ["OPTIONS", { "Access-Control-Request-Method": "GET" }],
    ["GET", { Origin: PAGE, "Access-Control-Request-Method": "GET" }],
  ])("is not what another request is: a %s with %j goes to the gate", async (method, headers) => {
    const { ask, rig } = await allowing({ origins: [PAGE] });
    expect((await ask("/v1/hello", { method, headers })).status).toBe(401);
    expect(rig.rows()).toHaveLength(1);
  });
});

const json = { ...own, "Content-Type": "application/json" };
const cat = { method: "POST", body: '{"prompt":"a cat"}' };

const REQUESTS: readonly (readonly [number, string, RequestInit])[] = [
  [200, "/v1/hello", { headers: { ...own, "X-Request-Id": "mine" } }],
  [201, "/v1/renders", { ...cat, headers: { ...json, "Idempotency-Key": "a" } }],
  [201, "/v1/renders", { ...cat, headers: { ...json, "Idempotency-Key": "a" } }],
  [401, "/v1/hello", {}],
  [401, "/v1/hello", { headers: { "X-API-Key": secretFor("nobody") } }],
  [404, "/v1/nowhere", { headers: own }],
  [405, "/v1/hello", { method: "PUT", headers: own }],
  [400, "/v1/renders", { ...cat, body: "{", headers: json }],
  [402, "/v1/hello", { headers: { "X-API-Key": secrets.lapsed } }],
];

describe("every answer", () => {
  it("says who may read it, and lets pages read every header that the gate wrote", async () => {
    const { ask } = await allowing({ origins: [PAGE] });
    const seen = new Set<string>();
    for (const [status, path, init] of REQUESTS) {
      const headers = { ...init.headers, Origin: PAGE };
      const response = await ask(path, { ...init, headers });
      expect([path, response.status]).toEqual([path, status]);
      expect(response.headers.get("access-control-allow-origin")).toBe(PAGE);
      expect(response.headers.get("vary")).toBe("Origin");
      const names = [...response.headers.keys()].filter(
        (name) => !name.startsWith("access-control-") && name !== "vary",
      );
      for (const name of names) seen.add(name);
      expect(readable(response)).toEqual(expect.arrayContaining(names));
    }
    const witnesses = ["x-request-id", "x-client-request-id", "x-ratelimit-limit", "allow"];
    witnesses.push("idempotent-replayed", "x-credits-remaining", "www-authenticate");
    expect([...seen]).toEqual(expect.arrayContaining(witnesses));
  });

  it("is the same byte for byte to whoever is no page, but for the word to caches", async () => {
    const { ask, askBare } = await allowing({ origins: [PAGE] });
    const shown = async (response: Response) => {
      const { status, headers } = response;
      const kept = [...headers].filter(([name]) => name !== "vary");
      return { status, headers: kept, body: await response.text() };
    };
    for (const [, path, init] of REQUESTS) {
      for (const headers of [init.headers, { ...init.headers, Origin: "https://other.example" }]) {
        const asked = { ...init, headers: { ...headers } };
        const [around, bare] = [await ask(path, asked), await askBare(path, asked)];
        expect([around.headers.get("vary"), bare.headers.get("vary")]).toEqual(["Origin", null]);
        expect(await shown(around)).toEqual(await shown(bare));
      }
    }
  });

  it("is for every page, and the same for all, where any origin may ask", async () => {
    const { ask } = await allowing({ origins: "*" });
    for (const headers of [{}, { Origin: PAGE }, { Origin: "null" }]) {
      const response = await ask("/v1/hello", { headers: { ...own, ...headers } });
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
      expect(response.headers.get("vary")).toBeNull();
    }
  });

  it("is read with cookies only where that is said, and by no page of another origin", async () => {
    const credentials = "access-control-allow-credentials";
    const { ask } = await allowing({ origins: [PAGE], credentials: true });
    const withOrigin = (origin: string) =>
      ask("/v1/hello", { headers: { ...own, Origin: origin } });
    expect((await withOrigin(PAGE)).headers.get(credentials)).toBe("true");
    expect((await ask("/v1/hello", preflight(PAGE))).headers.get(credentials)).toBe("true");
    expect((await withOrigin("https://other.example")).headers.get(credentials)).toBeNull();
    const { ask: askPlain } = await allowing({ origins: [PAGE] });
    const plain = await askPlain("/v1/hello", { headers: { ...own, Origin: PAGE } });
    expect(plain.headers.get(credentials)).toBeNull();
  });

  it("has the upstream's headers that are to be read, and not its own word on who may", async () => {
    const headers = [
      "Access-Control-Allow-Origin",
      "https://inner",
      "X-Total",
      "3",
      "Vary",
      "Accept",
    ];
    const hello = () => ({ status: 200, headers: [...headers], body: "{}" });
    const cors = { origins: [PAGE], exposedHeaders: ["X-Total"] };
    const { ask } = await allowing(cors, { handlers: { hello } });
    const response = await ask("/v1/hello", { headers: { ...own, Origin: PAGE } });
    expect(response.headers.get("access-control-allow-origin")).toBe(PAGE);
    expect(readable(response)).toContain("x-total");
    expect(response.headers.get("vary")).toBe("Accept, Origin");
  });

  it("is the same behind a node server", async () => {
    const { rig } = await allowing({ origins: [PAGE] });
    const { port } = await serve({ ...rig.gate, ...withCors(rig.gate, { origins: [PAGE] }) });
    const at = `http://127.0.0.1:${port}/v1/hello`;
    const asked = await fetch(at, preflight(PAGE));
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([204, PAGE]);
    const answered = await fetch(at, { headers: { Origin: PAGE } });
    expect([answered.status, answered.headers.get("access-control-allow-origin")]).toEqual([
      401,
      PAGE,
    ]);
  });
});

describe("an option that could not work", () => {
  it.each<[CorsOptions, RegExp]>([
    [{ origins: [] }, /origins: "\*"/],
    [{ origins: ["*"] }, /an origin is written like/],
    [{ origins: ["https://app.example/"] }, /like "https:\/\/app.example"$/],
    [{ origins: ["https://App.example:443"] }, /like "https:\/\/app.example"$/],
    [{ origins: ["app.example"] }, /an origin is written like/],
    [{ origins: ["null"] }, /an origin is written like/],
    [{ origins: "*", credentials: true }, /by name, not \*/],
    [{ origins: "*", exposedHeaders: ["X Total"] }, /no name of a header/],
    [{ origins: "*", maxAgeMs: 86_400_001 }, /from 0 to 86400000/],
  ])("is refused at the start: %j", async (options, says) => {
    const { gate } = await createRig();
    expect(() => withCors(gate, options)).toThrow(says);
  });

  it.each([
    "https://a.example",
    "http://localhost:5173",
    "capacitor://localhost",
    "https://[::1]:8443",
  ])("is not one: %s", (origin) => expect(originProblem(origin)).toBeUndefined());
});
