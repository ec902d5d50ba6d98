// Mentova as a tool sees it that knows demo.json and nothing else: every row of what the demo promises.

import { expect } from "vitest";
import type { DemoFile, KeyName as KeyOf } from "../../src/home.ts";
import type { Row } from "./row.ts";

type KeyName = KeyOf<"mentova">;

interface Sent {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class MentovaCaller {
  readonly file: DemoFile;
  /** What counts towards the rate limit, by key. */
  readonly sent = new Map<KeyName, number>();

  constructor(file: DemoFile) {
    this.file = file;
  }

  async send(key: KeyName | undefined, what: string, { json, headers }: Sent = {}) {
    const [method = "GET", path = "/"] = what.split(" ");
    const { baseUrl, keys } = this.file.mentova;
    if (key !== undefined) this.sent.set(key, (this.sent.get(key) ?? 0) + 1);
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
}

const refused = (status: number, code: string) => ({ status, body: { code } });

/** What the demo's keys and ids do, and the caller that shows it. */
export const mentovaRows: readonly Row<MentovaCaller>[] = [
  [
    "lead to the refusals of identity and plan",
    async (caller) => {
      const invalid = refused(401, "INVALID_API_KEY");
      expect(await caller.send(undefined, "GET /brands")).toMatchObject(
        refused(401, "MISSING_API_KEY"),
      );
      expect(await caller.send("revoked", "GET /brands")).toMatchObject(invalid);
      expect(await caller.send("free", "GET /brands")).toMatchObject(refused(403, "PLAN_REQUIRED"));
      const headers = { Authorization: `Bearer ${caller.file.mentova.keys.agency}` };
      expect(await caller.send("revoked", "GET /brands", { headers })).toMatchObject(invalid);
      expect((await caller.send(undefined, "GET /brands", { headers })).status).toBe(200);
    },
  ],

  [
    "lead to brands of one's own and of another",
    async (caller) => {
      const { brand, foreignBrand } = caller.file.mentova.ids;
      expect((await caller.send("agency", `GET /brands/${brand}`)).status).toBe(200);
      expect((await caller.send("stranger", `GET /brands/${foreignBrand}`)).status).toBe(200);
      const foreign = await caller.send("agency", `GET /brands/${foreignBrand}`);
      expect(foreign).toMatchObject(refused(404, "NOT_FOUND"));
      expect((await caller.send("agency", "GET /brands/absent")).body).toEqual(foreign.body);
      expect((await caller.send("agency", "GET /nothing")).body).toEqual(foreign.body);
    },
  ],

  [
    "lead to a brand that is full, a name that is taken, and bodies that do not fit",
    async (caller) => {
      const { fullBrand } = caller.file.mentova.ids;
      const create = (json: unknown) => caller.send("agency", "POST /brands", { json });
      expect(
        await caller.send("agency", `POST /brands/${fullBrand}/avatars`, { json: { name: "Six" } }),
      ).toMatchObject(refused(422, "LIMIT_EXCEEDED"));
      expect(await create({ name: "Acme Corp" })).toMatchObject(refused(409, "CONFLICT"));
      expect(await create({})).toMatchObject(refused(422, "VALIDATION_ERROR"));
      const query = await caller.send("agency", "GET /brands/b/campaigns?limit=abc");
      expect(query).toMatchObject(refused(400, "BAD_REQUEST"));
    },
  ],

  [
    "lead to a plan with room for exactly one more brand",
    async (caller) => {
      const create = (name: string) => caller.send("agency", "POST /brands", { json: { name } });
      expect((await create("One more")).status).toBe(201);
      expect(await create("One too many")).toMatchObject(refused(422, "LIMIT_REACHED"));
    },
  ],

  [
    "lead to campaigns that start, and to one without the credits for it",
    async (caller) => {
      const { brand, topic, exhaustedBrand, exhaustedTopic } = caller.file.mentova.ids;
      const launched = await caller.send("agency", `POST /brands/${brand}/campaigns`, {
        json: { topicId: topic },
      });
      expect(launched.status).toBe(201);
      const path = `/brands/${exhaustedBrand}/campaigns`;
      const short = await caller.send("exhausted", `POST ${path}`, {
        json: { topicId: exhaustedTopic },
      });
      expect(short).toMatchObject(refused(422, "QUOTA_EXCEEDED"));
      expect(await caller.send("exhausted", `GET ${path}`)).toMatchObject({ body: { data: [] } });
    },
  ],

  [
    "lead to no credits for a brand and topic that the exhausted account makes, either",
    async (caller) => {
      const brand = await caller.send("exhausted", "POST /brands", { json: { name: "New" } });
      const path = `/brands/${idOf(brand.body)}`;
      const topic = await caller.send("exhausted", `POST ${path}/topics`, {
        json: { seed: "hats" },
      });
      const json = { topicId: idOf(topic.body) };
      expect(await caller.send("exhausted", `POST ${path}/campaigns`, { json })).toMatchObject(
        refused(422, "QUOTA_EXCEEDED"),
      );
    },
  ],

  [
    "lead to 500 and 503 by simulation, and for test keys only",
    async (caller) => {
      const wish = (code: string) => ({ headers: { "Sluice-Simulate": code } });
      for (const [status, code] of [
        [500, "INTERNAL_ERROR"],
        [503, "SERVICE_UNAVAILABLE"],
      ] as const) {
        expect(await caller.send("test", "GET /brands", wish(code))).toMatchObject(
          refused(status, code),
        );
        expect((await caller.send("agency", "GET /brands", wish(code))).status).toBe(200);
      }
    },
  ],

  [
    "lead to the rate limit at the 61st request within a minute",
    async (caller) => {
      const left = 60 - (caller.sent.get("exhausted") ?? 0);
      const replies = await Promise.all(
        Array.from({ length: left + 1 }, () => caller.send("exhausted", "GET /brands")),
      );
      const limited = replies.filter(({ status }) => status === 429);
      expect(limited).toHaveLength(1);
      for (const { body, response } of limited) {
        expect(body).toEqual({ error: "Rate limit exceeded", code: "RATE_LIMITED" });
        expect(response.headers.get("Retry-After")).toBe("60");
      }
    },
  ],
];

function idOf(body: unknown): string {
  return (body as { data: { id: string } }).data.id;
}
