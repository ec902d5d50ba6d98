// A contract that begins with an OpenAPI file: operations, schemas, prices, and what is said of the rest.

import { fileURLToPath } from "node:url";
import type { Schema } from "sluice";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadedConfig } from "../../../src/config/index.ts";
import { asking, type Said } from "../schema/asking.ts";
import { type Change, changed, load } from "../small.ts";

const folder = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

const terms = {
  key: { prefixes: { live: "acme_live_" } },
  plans: { free: {}, pro: {} },
  windows: { perMinute: { per: "key", limit: 60, within: "1m" } },
};

function loadFile(openapi: string, ...changes: Change[]): Promise<LoadedConfig> {
  return load(changed([["contract", { openapi, ...terms }], ...changes]), folder);
}

function apiOf({ settings }: LoadedConfig) {
  const [served] = settings.apis;
  if (served === undefined) throw new Error("There is no API");
  return served.api;
}

/** What the gate says of inputs that a schema of the file checks. */
async function said(schemas: { body?: Schema | undefined; query?: Schema | undefined }) {
  const ask = await asking(schemas as { body?: Schema; query?: Schema });
  return {
    body: (value: unknown): Promise<Said> => ask({ body: JSON.stringify(value) }),
    query: (query: string): Promise<Said> => ask({ query }),
  };
}

describe("the petstore (3.0)", () => {
  let loaded: LoadedConfig;
  beforeAll(async () => {
    loaded = await loadFile("./petstore.yaml");
  });

  it("becomes operations below the path of its server", () => {
    const { wire, server } = apiOf(loaded);
    expect(wire.about.title).toBe("Swagger Petstore");
    expect(wire.basePath).toBe("/v1");
    expect(wire.operations).toEqual({
      listPets: { method: "GET", path: "/pets", summary: "List all pets" },
      createPets: { method: "POST", path: "/pets", summary: "Create a pet", idempotency: true },
      showPetById: { method: "GET", path: "/pets/{petId}", summary: "Info for a specific pet." },
      uploadPhoto: { method: "PUT", path: "/pets/{petId}", summary: "Uploads a photo" },
    });
    expect(server.operations["createPets"]).toMatchObject({
      successStatus: 201,
      price: { kind: "fixed", credits: 5 },
      plans: ["pro"],
    });
    expect(server.operations["uploadPhoto"]?.passesBody).toBe(true);
  });

  it("checks its bodies", async () => {
    const { body } = apiOf(loaded).server.operations["createPets"] ?? {};
    const { body: send } = await said({ body });
    const message = async (pet: unknown) => (await send(pet)).message;
    // A member that only answers have is not asked for, though it is required.
    expect(
      await send({ name: "Rex", tag: null, kind: null, example: "abc", nullable: true }),
    ).toMatchObject({ status: 200 });
    expect(await message({})).toBe("Missing required field 'name'.");
    expect(await message({ name: "" })).toBe(
      "Invalid field 'name': must be a string of 1 to 20 characters.",
    );
    expect(await message({ name: "a", kind: "cow" })).toBe(
      "Invalid field 'kind': must be one of ['cat', 'dog', null].",
    );
    expect(await message({ name: "a", weight: 0 })).toContain("'weight'");
    expect(await message({ name: "a", example: "abcd" })).toBe(
      "Invalid field 'example': must be a string of at most 3 characters.",
    );
    expect(await message({ name: "a", tga: "b" })).toBe("Invalid field 'tga': must be left out.");
    expect(await send({ name: "a", owner: null })).toMatchObject({ status: 200 });
    expect(await message({ name: "a", owner: { name: "b", pets: [{ name: 1 }] } })).toBe(
      "Invalid field 'owner.pets.0.name': must be a string of 1 to 20 characters.",
    );
  });

  it("reads its parameters as they are written", async () => {
    const { query } = apiOf(loaded).server.operations["listPets"] ?? {};
    const { query: ask } = await said({ query });
    expect(await ask("?limit=5&status=available,sold&tags=1&tags=2&other=x")).toMatchObject({
      status: 200,
      input: { query: { limit: 5, status: ["available", "sold"], tags: [1, 2], other: "x" } },
    });
    expect(await ask("?tags=7")).toMatchObject({ input: { query: { tags: [7] } } });
    expect((await ask("?limit=101")).message).toBe(
      "Invalid parameter 'limit': must be a whole number of at most 100.",
    );
    for (const wrong of ["limit=ten", "limit=", "limit=0x10", "limit=1.5", "limit=1&limit=2"]) {
      expect(await ask(`?${wrong}`), wrong).toMatchObject({
        code: "invalid_parameter",
        param: "limit",
      });
    }
    expect((await ask("?status=available,lost")).message).toBe(
      "Invalid parameter 'status': must be a list, or must be one of ['available', 'sold'].",
    );
    expect((await ask("?tags=1&tags=x")).message).toBe(
      "Invalid parameter 'tags.1': must be a whole number.",
    );
    expect((await ask("?tags=x")).message).toBe(
      "Invalid parameter 'tags': must be a list of at most 2 items, or must be a whole number.",
    );
    const { params } = apiOf(loaded).server.operations["showPetById"] ?? {};
    expect(params?.["~standard"].validate({ petId: "7" })).toEqual({ value: { petId: 7 } });
    expect(params?.["~standard"].validate({ petId: "x" })).toMatchObject({
      issues: [{ path: ["petId"] }],
    });
  });

  it("says what nobody is held to, with its line", () => {
    const notices = loaded.notices.map(({ at, what }) => `${at}: ${what}`);
    expect(notices).toEqual([
      "petstore.yaml:81 components.parameters.Trace: the header parameter X-Trace is not checked",
      'petstore.yaml:94 components.schemas.Pet.properties.colour: nobody checks the format "colour"',
      "petstore.yaml:72 paths./pets/{petId}.options: OPTIONS is not served",
    ]);
  });

  it("is changed by what stands beside it", async () => {
    const { settings, contract } = await loadFile(
      "./petstore.yaml",
      ["contract.title", "Pets"],
      ["contract.basePath", ""],
      ["contract.leaveOut", ["uploadPhoto"]],
      [
        "contract.operations",
        {
          createPets: { price: { fixed: 9 }, passesBody: true, idempotency: false },
          ping: { method: "GET", path: "/ping" },
        },
      ],
    );
    const api = settings.apis[0]?.api;
    expect(api?.wire.about.title).toBe("Pets");
    expect(Object.keys(api?.wire.operations ?? {})).toEqual([
      "listPets",
      "createPets",
      "showPetById",
      "ping",
    ]);
    expect(api?.server.operations["createPets"]).toMatchObject({
      price: { credits: 9 },
      plans: ["pro"],
      passesBody: true,
    });
    expect(contract?.operations["createPets"]?.body).toBeUndefined();
  });
});

describe("a file that refers to others (3.1)", () => {
  let loaded: LoadedConfig;
  beforeAll(async () => {
    loaded = await loadFile("./billing/openapi.yaml");
  });

  it("becomes operations, with names made of what there is", () => {
    const { wire, server } = apiOf(loaded);
    expect(wire.basePath).toBe("/api");
    expect(Object.entries(wire.operations).map(([name, { path }]) => [name, path])).toEqual([
      ["payments_create", "/payments"],
      ["getAccountsAccountStatementsMonth", "/accounts/{account}/statements/{month}"],
      ["drop", "/accounts/{account}/statements/{month}"],
      ["getSearch", "/search"],
    ]);
    const { params } = server.operations["drop"] ?? {};
    const check = (account: string, month: string) =>
      params?.["~standard"].validate({ account, month });
    expect(check("abc", "2026-11")).toMatchObject({ value: { account: "abc" } });
    expect(check("ab", "2026-11")).toMatchObject({ issues: [{ path: ["account"] }] });
    expect(check("abc", "2026")).toMatchObject({ issues: [{ path: ["month"] }] });
  });

  it("tells alternatives apart by the words of its discriminator", async () => {
    const { body } = apiOf(loaded).server.operations["payments_create"] ?? {};
    const { body: send } = await said({ body });
    const message = async (payment: unknown) => (await send({ payment })).message;
    const card = { method: "card", amount: 5, number: "123456789012" };
    const wire = { method: "wire", amount: 5, iban: "DE0012345678901234" };
    for (const right of [
      card,
      { ...card, method: "debit" },
      wire,
      { method: "Split", parts: [card, wire] },
    ]) {
      expect(await send({ payment: right })).toMatchObject({ status: 200 });
    }
    expect(await message({ ...card, number: "12" })).toBe(
      "Invalid field 'payment.number': must be a string in the documented format.",
    );
    expect(await message({ ...card, amount: 0 })).toContain("Invalid field 'payment.amount'");
    expect(await message({ method: "wire", amount: 5 })).toBe(
      "Missing required field 'payment.iban'.",
    );
    expect(await message({ amount: 5 })).toBe("Missing required field 'payment.method'.");
    expect(await message({ method: "gold" })).toBe(
      "Invalid field 'payment.method': must be one of ['card', 'debit', 'wire', 'Split'].",
    );
    expect(await message({ method: "Split", parts: [card, { ...wire, iban: "x" }] })).toBe(
      "Invalid field 'payment.parts.1.iban': must be a string of at least 15 characters.",
    );
  });

  it("says what nobody is held to", () => {
    const notices = loaded.notices.map(({ at, what }) => `${at}: ${what}`);
    expect(notices).toEqual([
      "openapi.yaml:24 paths./payments.post.callbacks: callbacks are not read",
      "openapi.yaml:14 paths./payments.post.requestBody.content: multipart/form-data is refused",
      "openapi.yaml:30 paths./search.get.parameters.0: parameters in the style deepObject are not checked",
      "openapi.yaml:38 paths./search.get.parameters.2: a parameter with content is not checked",
      "openapi.yaml:43 paths./search.get.responses.200.content: an answer of events has no end that can be told",
      "openapi.yaml:39 paths./search.get.security: an operation without security is not open",
      "openapi.yaml:44 webhooks: webhooks are not read",
      "openapi.yaml:3 servers: only /api is served, the path of the first server",
    ]);
  });
});
