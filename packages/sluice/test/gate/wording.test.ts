// What is wrong with the input, in our own words: the first thing that the caller wrote and the schema does not
// take, and what it wants there, read from its JSON Schema.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineApi, defineWire, type Schema, standard } from "../../src/contract/index.ts";
import { createGate, handlers, reply } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { wire as acmeWire } from "./fixtures/acme.ts";
import { FakeCall, type Sent } from "./fixtures/fake-call.ts";
import { account, CHANGE, key, PEPPER, secretFor } from "./fixtures/people.ts";
import { type Received, receive } from "./fixtures/received.ts";

/** A gate with one operation that checks its path, query and body by these schemas. */
async function check(body: Schema, sent: Partial<Sent>, query?: Schema): Promise<Received> {
  const { key: format } = acmeWire;
  const api = defineApi(
    defineWire({
      ...standard.wire,
      about: { title: "Words" },
      basePath: "",
      key: format,
      plans: ["pro"],
      windows: { requests: { per: "key", limit: 1_000, windowMs: 1_000 } },
      operations: { put: { method: "PUT", path: "/things/{thing}", summary: "Puts a thing." } },
    }),
    {
      plans: { pro: { title: "Pro" } },
      operations: {
        put: {
          params: z.object({ thing: z.string().regex(/^[a-zé]+$/) }),
          body,
          ...(query && { query }),
        },
      },
    },
    standard.pages,
  );
  const stores = createMemoryStores();
  await stores.directory.putAccount(account("pro"), CHANGE);
  await stores.directory.putKey(key("pro", secretFor("words")), CHANGE);
  const upstream = handlers(api, {
    put: ({ params, query, body }) => reply({ params, query, body }),
  });
  const gate = createGate(api, { stores, upstream, pepper: PEPPER });
  const whole = { method: "PUT", path: "/things/a", key: secretFor("words"), ...sent };
  return receive(await gate.handle(new FakeCall(whole)));
}

describe("what was expected", () => {
  it.each<[Schema, unknown, string]>([
    [z.string(), 1, "must be a string"],
    [z.string().min(2).max(5), "x", "must be a string of 2 to 5 characters"],
    [z.string().max(3), "xxxx", "must be a string of at most 3 characters"],
    [z.string().min(2), "x", "must be a string of at least 2 characters"],
    [z.string().length(3), "x", "must be a string of exactly 3 characters"],
    [z.string().regex(/^a+$/), "b", "must be a string in the documented format"],
    [z.email(), "b", "must be a string in the format email"],
    [z.uuid(), "b", "must be a string in the format uuid"],
    [z.iso.datetime(), "b", "must be a string in the format date-time"],
    [z.number(), "1", "must be a number"],
    [z.number().min(1).max(2.5), 3, "must be a number of 1 to 2.5"],
    [z.number().min(0), -1, "must be a number of at least 0"],
    [z.int(), 1.5, "must be a whole number"],
    [z.int().min(1), 0, "must be a whole number of at least 1"],
    [z.int().max(9), 10, "must be a whole number of at most 9"],
    [z.int().min(1).max(9), 10, "must be a whole number of 1 to 9"],
    [z.boolean(), "yes", "must be true or false"],
    [z.null(), 1, "must be null"],
    [z.enum(["a", "b"]), "c", "must be one of ['a', 'b']"],
    [z.literal("x"), "y", "must be one of ['x']"],
    [z.literal([1, 2]), 3, "must be one of [1, 2]"],
    [z.array(z.string()), "x", "must be a list"],
    [z.array(z.string()).max(2), ["a", "b", "c"], "must be a list of at most 2 items"],
    [z.array(z.string()).min(1), [], "must be a list of at least 1 items"],
    [z.object({}), 1, "must be an object"],
    [z.string().nullable(), 1, "must be a string, or must be null"],
    [z.union([z.string(), z.number()]), true, "must be a string, or must be a number"],
    [z.unknown().refine(() => false), 1, "must be valid"],
  ])("is said of a field: case %#", async (schema, value, expected) => {
    const refused = await check(z.object({ field: schema }), { body: { field: value } });
    expect(refused.code).toBe("invalid_field");
    expect(refused.param).toBe("field");
    expect(refused.message).toBe(`Invalid field 'field': ${expected}.`);
  });

  it("shortens a long list of choices", async () => {
    const choices = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const refused = await check(z.object({ field: z.enum(choices) }), { body: { field: "x" } });
    expect(refused.message).toContain("'c19', …]");
    expect(refused.message).not.toContain("c20");
  });

  it("is never in the validator's words, also where it has no JSON Schema", async () => {
    const field = z.string("the validator speaks").transform((text) => text.length);
    const refused = await check(z.object({ field }), { body: { field: 1 } });
    expect(refused.message).toBe("Invalid field 'field': must be a string.");
    const dates = await check(z.object({ field: z.date("validator") }), { body: { field: 1 } });
    expect(dates.message).toBe("Invalid field 'field': must be valid.");
  });

  it("is the same from a schema that was made by hand", async () => {
    const byHand: Schema = {
      "~standard": {
        version: 1,
        vendor: "hand",
        validate: () => ({ issues: [{ message: "secret", path: [{ key: "a" }, { key: 0 }] }] }),
      },
    };
    const refused = await check(byHand, { body: { a: [1] } });
    expect(refused.param).toBe("a.0");
    expect(refused.message).toBe("Invalid field 'a.0': must be valid.");
  });
});

describe("of several things that are wrong", () => {
  const schema = z.object({
    a: z.string(),
    b: z.object({ c: z.string(), d: z.array(z.object({ e: z.int() })) }),
    z: z.string(),
  });

  it.each<[string, string, string]>([
    ['{"z":1,"b":{"d":[],"c":1},"a":1}', "invalid_field", "z"],
    ['{"a":1,"z":1}', "invalid_field", "a"],
    ['{"b":{"d":[{"e":1},{"e":"x"}],"c":1},"a":"","z":1}', "invalid_field", "b.d.1.e"],
    ['{"b":{"c":1,"d":1},"a":"","z":""}', "invalid_field", "b.c"],
    ['{"b":{"c":""},"a":"","z":1}', "missing_field", "b.d"],
    ['{"z":1}', "invalid_field", "z"],
    ["{}", "missing_field", "a"],
    ['{"a":null,"b":{"c":"","d":[]},"z":""}', "invalid_field", "a"],
    ["[]", "invalid_field", "body"],
    ["null", "invalid_field", "body"],
    ['"text"', "invalid_field", "body"],
  ])("the first that the caller wrote speaks: %s", async (text, code, param) => {
    const refused = await check(schema, { text });
    expect([refused.code, refused.param]).toEqual([code, param]);
  });

  it("a field that is absent is missing, one that is wrong is invalid", async () => {
    const absent = await check(schema, { text: '{"b":{"c":"","d":[{}]},"a":"","z":""}' });
    expect(absent.message).toBe("Missing required field 'b.d.0.e'.");
  });

  it.each<[string, Schema, unknown]>([
    ["items", z.array(z.string()), Array(60_000).fill(1)],
    [
      "members",
      z.record(z.string(), z.number()),
      Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, ""])),
    ],
    ["rows", z.array(z.object({ a: z.string(), b: z.string() })), Array(30_000).fill({ b: 1 })],
  ])(
    "finds it among many %s without looking at each of them for each",
    async (_, wrong, body) => {
      // Quadratic work would take minutes here, and with it the whole process.
      const refused = await check(wrong, { body });
      expect(refused.param).toMatch(/^(0|k0|0\.b)$/);
    },
    10_000,
  );
});

describe("parameters", () => {
  const query = z.object({
    limit: z.coerce.number().int().min(1).max(100).optional(),
    sort: z.enum(["new", "old"]),
  });
  const ask = (path: string) => check(z.unknown(), { path, body: {} }, query);

  it.each([
    ["/things/a?limit=0&sort=new", "limit", "must be a whole number of 1 to 100"],
    ["/things/a?sort=newest", "sort", "must be one of ['new', 'old']"],
    ["/things/a?limit=5", "sort", "is required"],
    ["/things/a", "sort", "is required"],
    ["/things/a?sort=new&sort=old", "sort", "must be one of ['new', 'old']"],
    ["/things/A?sort=new", "thing", "must be a string in the documented format"],
    ["/things/%C3%28?sort=new", "thing", "must be percent-encoded UTF-8"],
    ["/things/%ff?sort=new", "thing", "must be percent-encoded UTF-8"],
    ["/things/a%2fb?sort=new", "thing", "must be a string in the documented format"],
  ])("%s is refused", async (path, param, expected) => {
    const refused = await ask(path);
    expect(refused.code).toBe("invalid_parameter");
    expect(refused.message).toBe(`Invalid parameter '${param}': ${expected}.`);
  });

  it("are handed on decoded and checked", async () => {
    const { json } = await ask("/things/caf%C3%A9?limit=7&sort=new&other=1");
    expect(json).toMatchObject({ params: { thing: "café" }, query: { limit: 7, sort: "new" } });
  });

  it("with dangerous names are only names", async () => {
    const loose = z.object({ sort: z.string().optional() });
    const path = "/things/a?__proto__=1&constructor=2&__proto__[x]=3";
    expect((await check(z.unknown(), { path, body: {} }, loose)).status).toBe(200);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});

describe("a body", () => {
  const schema = z.object({ a: z.string() });

  it.each<[string, Partial<Sent>, string]>([
    ["is absent", { text: "" }, "malformed_body"],
    ["is cut short", { text: '{"a":' }, "malformed_body"],
    ["has a trailing comma", { text: '{"a":"b",}' }, "malformed_body"],
    ["nests 65 deep", { text: `${"[".repeat(65)}${"]".repeat(65)}` }, "malformed_body"],
    ["nests 64 deep", { text: `${"[".repeat(64)}${"]".repeat(64)}` }, "invalid_field"],
    ["only quotes brackets", { text: `{"a":"${"[".repeat(500)}\\"{"}` }, "ok"],
    ["has another type", type("text/plain"), "unsupported_media_type"],
    ["is a form", type("application/x-www-form-urlencoded"), "unsupported_media_type"],
    ["has another charset", type("application/json; charset=utf-16"), "unsupported_media_type"],
    ["has no type", type(""), "ok"],
    ["names its charset", type('application/json; charset="UTF-8"'), "ok"],
    ["has a suffixed type", type("application/vnd.acme+json"), "ok"],
    ["is compressed", encoding("gzip"), "unsupported_media_type"],
    ["says that it is not compressed", encoding("identity"), "ok"],
  ])("that %s", async (_, sent, expected) => {
    const received = await check(schema, { body: { a: "b" }, ...sent });
    expect(received.code ?? "ok").toBe(expected);
  });

  it("that is too large is refused by its length before it is read, and else by its bytes", async () => {
    const large = { a: "x".repeat(1_048_600) };
    expect((await check(schema, { body: large })).code).toBe("body_too_large");
    const lying = { body: large, headers: { "Content-Length": "10" } };
    expect((await check(schema, lying)).code).toBe("body_too_large");
  });

  it("that is no UTF-8 is malformed", async () => {
    const quoted = (...bytes: number[]) => {
      const [before, after] = ['{"a":"', '"}'].map((text) => new TextEncoder().encode(text));
      return { bytes: Uint8Array.from([...(before ?? []), ...bytes, ...(after ?? [])]) };
    };
    for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
      expect((await check(schema, quoted(...bytes))).code).toBe("malformed_body");
    }
    expect((await check(schema, quoted(0xc3, 0xa9))).status).toBe(200);
  });

  function type(value: string): Partial<Sent> {
    return { headers: { "Content-Type": value } };
  }

  function encoding(value: string): Partial<Sent> {
    return { headers: { "Content-Encoding": value } };
  }
});

describe("a member that nothing reads", () => {
  const strict = z.strictObject({
    name: z.string(),
    inner: z.strictObject({ a: z.string() }).optional(),
  });

  it.each<[unknown, string, string]>([
    [{ name: "x", budget: 1 }, "budget", "must be left out"],
    [{ name: "x", inner: { a: "x", b: 1 } }, "inner.b", "must be left out"],
  ])("is named: %j", async (body, param, expected) => {
    const received = await check(strict, { body });
    expect([received.code, received.param]).toEqual(["invalid_field", param]);
    expect(received.message).toContain(expected);
  });

  it("is no reason where the schema takes what it does not know", async () => {
    expect(
      (await check(z.object({ name: z.string() }), { body: { name: "x", b: 1 } })).status,
    ).toBe(200);
  });
});

describe("a place below a union", () => {
  const input = z.object({
    item: z.discriminatedUnion("type", [
      z.object({ type: z.literal("text"), text: z.string().max(3) }),
      z.object({ type: z.literal("size"), size: z.number() }),
    ]),
  });

  it("is described by the alternative that has it", async () => {
    const received = await check(input, { body: { item: { type: "size", size: "x" } } });
    expect(received.param).toBe("item.size");
    expect(received.message).toContain("must be a number");
    const other = await check(input, { body: { item: { type: "text", text: "long" } } });
    expect(other.message).toContain("must be a string of at most 3 characters");
  });
});
