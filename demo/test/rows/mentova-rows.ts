// The demo as a tool sees it that knows demo.json and nothing else: every row of what it promises, and the
// paths around the API.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoFile, KeyName as KeyOf } from "../src/home.ts";
import { startSharedDemo } from "./demo-process.ts";

const cleanUps: (() => void)[] = [];
let file: DemoFile;

beforeAll(async () => {
  ({ file } = await startSharedDemo((cleanUp) => cleanUps.push(cleanUp)));
});
afterAll(() => {
  for (const cleanUp of cleanUps.reverse()) cleanUp();
});

type KeyName = KeyOf<"mentova">;

/** What counts towards the rate limit, by key. */
const sent = new Map<KeyName, number>();

interface Sent {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(key: KeyName | undefined, what: string, { json, headers }: Sent = {}) {
  const [method = "GET", path = "/"] = what.split(" ");
  const { baseUrl, keys } = file.mentova;
  if (key !== undefined) sent.set(key, (sent.get(key) ?? 0) + 1);
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(key && { "X-API-Key": keys[key] }),
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return { response, status: response.status, body: (await response.json()) as unknown };
}

const refused = (status: number, code: string) => ({ status, body: { code } });

describe("the demo's keys and ids", () => {
  test("lead to the refusals of identity and plan", async () => {
    const invalid = refused(401, "INVALID_API_KEY");
    expect(await send(undefined, "GET /brands")).toMatchObject(refused(401, "MISSING_API_KEY"));
    expect(await send("revoked", "GET /brands")).toMatchObject(invalid);
    expect(await send("free", "GET /brands")).toMatchObject(refused(403, "PLAN_REQUIRED"));
    const headers = { Authorization: `Bearer ${file.mentova.keys.agency}` };
    expect(await send("revoked", "GET /brands", { headers })).toMatchObject(invalid);
    expect((await send(undefined, "GET /brands", { headers })).status).toBe(200);
  });

  test("lead to brands of one's own and of another", async () => {
    const { brand, foreignBrand } = file.mentova.ids;
    expect((await send("agency", `GET /brands/${brand}`)).status).toBe(200);
    expect((await send("stranger", `GET /brands/${foreignBrand}`)).status).toBe(200);
    const foreign = await send("agency", `GET /brands/${foreignBrand}`);
    expect(foreign).toMatchObject(refused(404, "NOT_FOUND"));
    expect((await send("agency", "GET /brands/absent")).body).toEqual(foreign.body);
    expect((await send("agency", "GET /nothing")).body).toEqual(foreign.body);
  });

  test("lead to a brand that is full, a name that is taken, and bodies that do not fit", async () => {
    const { fullBrand } = file.mentova.ids;
    const create = (json: unknown) => send("agency", "POST /brands", { json });
    expect(
      await send("agency", `POST /brands/${fullBrand}/avatars`, { json: { name: "Six" } }),
    ).toMatchObject(refused(422, "LIMIT_EXCEEDED"));
    expect(await create({ name: "Acme Corp" })).toMatchObject(refused(409, "CONFLICT"));
    expect(await create({})).toMatchObject(refused(422, "VALIDATION_ERROR"));
    const query = await send("agency", "GET /brands/b/campaigns?limit=abc");
    expect(query).toMatchObject(refused(400, "BAD_REQUEST"));
  });

  test("lead to a plan with room for exactly one more brand", async () => {
    const create = (name: string) => send("agency", "POST /brands", { json: { name } });
    expect((await create("One more")).status).toBe(201);
    expect(await create("One too many")).toMatchObject(refused(422, "LIMIT_REACHED"));
  });

  test("lead to campaigns that start, and to one without the credits for it", async () => {
    const { brand, topic, exhaustedBrand, exhaustedTopic } = file.mentova.ids;
    const launched = await send("agency", `POST /brands/${brand}/campaigns`, {
      json: { topicId: topic },
    });
    expect(launched.status).toBe(201);
    const path = `/brands/${exhaustedBrand}/campaigns`;
    const short = await send("exhausted", `POST ${path}`, { json: { topicId: exhaustedTopic } });
    expect(short).toMatchObject(refused(422, "QUOTA_EXCEEDED"));
    expect(await send("exhausted", `GET ${path}`)).toMatchObject({ body: { data: [] } });
  });

  test("lead to no credits for a brand and topic that the exhausted account makes, either", async () => {
    const brand = await send("exhausted", "POST /brands", { json: { name: "New" } });
    const path = `/brands/${idOf(brand.body)}`;
    const topic = await send("exhausted", `POST ${path}/topics`, { json: { seed: "hats" } });
    const json = { topicId: idOf(topic.body) };
    expect(await send("exhausted", `POST ${path}/campaigns`, { json })).toMatchObject(
      refused(422, "QUOTA_EXCEEDED"),
    );
  });

  test("lead to 500 and 503 by simulation, and for test keys only", async () => {
    const wish = (code: string) => ({ headers: { "Sluice-Simulate": code } });
    for (const [status, code] of [
      [500, "INTERNAL_ERROR"],
      [503, "SERVICE_UNAVAILABLE"],
    ] as const) {
      expect(await send("test", "GET /brands", wish(code))).toMatchObject(refused(status, code));
      expect((await send("agency", "GET /brands", wish(code))).status).toBe(200);
    }
  });

  test("lead to the rate limit at the 61st request within a minute", async () => {
    const left = 60 - (sent.get("exhausted") ?? 0);
    const replies = await Promise.all(
      Array.from({ length: left + 1 }, () => send("exhausted", "GET /brands")),
    );
    const limited = replies.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(1);
    for (const { body, response } of limited) {
      expect(body).toEqual({ error: "Rate limit exceeded", code: "RATE_LIMITED" });
      expect(response.headers.get("Retry-After")).toBe("60");
    }
  });
});

function idOf(body: unknown): string {
  return (body as { data: { id: string } }).data.id;
}

describe("around the API", () => {
  test.each(["/foo", "/mentovas", "/healthz/", "/index.html", "/constructor"])(
    "%s is nothing",
    async (path) => {
      const response = await fetch(`${file.url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        status: 404,
        message: "Nothing is here. GET / tells what is.",
      });
    },
  );

  test("everything below /mentova answers in the API's envelope", async () => {
    for (const path of ["/mentova", "/mentova/", "/mentova?x", "/mentova/api/v2/brands"]) {
      const headers = { "X-API-Key": file.mentova.keys.stranger };
      const response = await fetch(`${file.url}${path}`, { headers });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: "Resource not found", code: "NOT_FOUND" });
    }
  });

  test("the demo's own paths are for reading", async () => {
    for (const path of ["/", "/healthz"]) {
      const response = await fetch(`${file.url}${path}`, { method: "POST" });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
      const head = await fetch(`${file.url}${path}`, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([200, ""]);
    }
  });

  test("bytes that are no HTTP get the API's envelope, too", async () => {
    const socket = connect(Number(new URL(file.url).port), "127.0.0.1");
    socket.setEncoding("utf8");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.write("nonsense\r\n\r\n");
    await new Promise((resolve) => socket.once("close", resolve));
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received).toContain('{"error":"Request is malformed","code":"BAD_REQUEST"}');
  });
});
