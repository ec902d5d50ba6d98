// Whatever is sent, an answer comes back: unknown routes, broken bodies, and bodies made at random.

import fc from "fast-check";
import { expect, test } from "vitest";
import { dataOf, newSession } from "./session.ts";

const noRoute = { status: 404, body: { problem: "absent", detail: "Route not found." } };

test.each(["/", "/brand", "/brands/", "/brands/a/b", "/brands/a/topics/b/c", "//brands"])(
  "%s is no route",
  async (path) => {
    expect(await newSession().get(path)).toEqual(noRoute);
  },
);

test("a method that a path does not have is no route either", async () => {
  const session = newSession();
  expect(await session.delete("/brands")).toEqual(noRoute);
  expect(await session.send("PUT", "/brands", "{}")).toEqual(noRoute);
});

test.each(["", "{", '{"name":', "\u0000", "[".repeat(100_000)])(
  "a body that is not JSON is refused without being quoted (case %#)",
  async (body) => {
    expect(await newSession().send("POST", "/brands", body)).toEqual({
      status: 422,
      body: { problem: "unacceptable", detail: "The body must be JSON." },
    });
  },
);

test.each(["null", "[]", "1", '"name"', "true"])("a body of %s is refused", async (body) => {
  expect(await newSession().send("POST", "/brands", body)).toEqual({
    status: 422,
    body: { problem: "unacceptable", detail: "The body must be a JSON object." },
  });
});

test("answers are JSON, and say so", async () => {
  const { upstream, caller } = newSession();
  const response = await upstream.fetch(new Request("http://upstream.test/brands"), caller);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
});

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("GPT4O", "LLAMA", "TODO", "DONE", "", " ", "\ud800", 0, 1, 20, -0, 1e308, null),
  fc.array(fc.constantFrom("GPT4O", "LLAMA", "CLAUDE_OPUS", 7, null), { maxLength: 4 }),
);

/** Members that fit, of which some are spoilt or left out, so that bodies fail early and late. */
function bodyAbout(topicId: string) {
  const fitting = {
    name: fc.string({ minLength: 1 }),
    seed: fc.string({ minLength: 1 }),
    status: fc.constantFrom("TODO", "DONE", "DISMISSED"),
    topicId: fc.constant(topicId),
  };
  const optional = ["domain", "aliases", "language", "country", "autoWeeklyAnalysis", "models"];
  const more = ["runsPerModel", "maxPrompts", "sector", "role", "objectives", "__proto__"];
  const spoilt = fc.dictionary(
    fc.constantFrom(...optional, ...more, ...Object.keys(fitting), "constructor"),
    value,
    { maxKeys: 3 },
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.jsonValue().map((json) => JSON.stringify(json)) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.record(fitting), spoilt)
        .map((parts) => JSON.stringify(Object.fromEntries(parts.flatMap(Object.entries)))),
    },
  );
}

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom("limit", "offset", "page", "days", "model", "status"),
      fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom("GPT4O", "TODO", "PENDING")),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => new URLSearchParams(pairs).toString());

test("random bodies never throw, and every no is of the known shape", async () => {
  const session = newSession().withLimits({ brands: 1000, avatarsPerBrand: 1000 });
  const { upstream, caller } = session;
  const brand = upstream.addBrand(caller.accountId, { name: "Acme" }).id;
  const topic = upstream.addTopic(caller.accountId, brand, { seed: "shoes" }).id;
  const avatar = upstream.addAvatar(caller.accountId, brand, { name: "Ada" }).id;
  const list = dataOf<{ id: string }[]>(await session.get(`/brands/${brand}/opportunities`));
  const writes = [
    ["POST", "/brands"],
    ["PATCH", `/brands/${brand}`],
    ["POST", `/brands/${brand}/topics`],
    ["POST", `/brands/${brand}/campaigns`],
    ["POST", `/brands/${brand}/campaigns/quote`],
    ["POST", `/brands/${brand}/avatars`],
    ["PATCH", `/brands/${brand}/avatars/${avatar}`],
    ["PATCH", `/brands/${brand}/opportunities/${list[0]?.id}`],
  ] as const;
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), bodyAbout(topic), async ([method, path], text) => {
      const reply = await session.send(method, path, text);
      expectKnownShape(reply);
      seen.add(reply.status);
    }),
    // A fixed seed: whether every status is met depends on it.
    { numRuns: 2000, seed: 7 },
  );
  // Bodies that are always refused early would prove nothing of what comes later.
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 409, 422]));
});

test("random queries never throw, and every no is of the known shape", async () => {
  const session = newSession();
  const { upstream, caller } = session;
  const brand = upstream.addBrand(caller.accountId, { name: "Acme" }).id;
  const { id: topicId } = upstream.addTopic(caller.accountId, brand, { seed: "shoes" });
  upstream.addCampaign(caller.accountId, brand, { topicId });
  const lists = fc.constantFrom("prompts", "campaigns", "visibility", "opportunities");
  await fc.assert(
    fc.asyncProperty(lists, query, async (list, search) => {
      expectKnownShape(await session.get(`/brands/${brand}/${list}?${search}`));
    }),
    { numRuns: 1000 },
  );
});

const kinds = ["absent", "duplicate", "plan_limit", "resource_limit", "unacceptable"];

function expectKnownShape({ status, body }: { status: number; body: unknown }): void {
  if (status < 300) return;
  expect([404, 409, 422]).toContain(status);
  expect(body).toMatchObject({
    problem: expect.toBeOneOf(kinds),
    detail: expect.stringMatching(/^.+\.$/),
  });
}
