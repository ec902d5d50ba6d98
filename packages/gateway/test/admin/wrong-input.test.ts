// Input that is wrong: whatever comes, it is refused with the name of what is wrong, or it was right after all; never a fault.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { admin, adminWire } from "../../src/admin/contract/index.ts";
import type { Input, Operation } from "./fixtures/input.ts";
import type { Heard } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const operations = Object.keys(adminWire.operations) as Operation[];
const withBody = operations.filter((name) => "body" in admin.server.operations[name]);
const withQuery = operations.filter((name) => "query" in admin.server.operations[name]);

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(-1, 0.5, 1e308, 2 ** 53, "", " ", "x".repeat(5_000), [], {}, null, true),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "acc_a",
    "sluice_admin",
    "\u0000",
    "💥",
    "../..",
    "%2e",
  ),
);

const open = useWorlds();

/** A refusal of ours, or a yes. */
function expectAnswered(operation: Operation, { status, body, text }: Heard): void {
  expect([operation, text, status < 500]).toEqual([operation, text, true]);
  if (status < 400) return;
  expect(Object.keys(adminWire.codes)).toContain(body.code);
}

function membersOf(operation: Operation, part: "body" | "query"): string[] {
  const declared = admin.server.operations[operation] as { readonly [P in typeof part]?: unknown };
  return Object.keys((declared[part] as z.ZodObject).shape);
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const numRuns = kind === "memory" ? 500 : 120;

  it.each(["body", "query"] as const)(
    "anything in any place of a %s is refused, or was right",
    async (part) => {
      const world = await open(kind);
      const place = fc
        .constantFrom(...(part === "body" ? withBody : withQuery))
        .chain((operation) =>
          fc.tuple(fc.constant(operation), fc.constantFrom(...membersOf(operation, part)), junk),
        );
      await fc.assert(
        fc.asyncProperty(place, async ([operation, member, value]) => {
          const right: Input = world.sample(operation);
          const given =
            part === "query" && typeof value !== "string" ? JSON.stringify(value) : value;
          const wrong = { ...(right[part] as object), [member]: given };
          // The windows of a token are not what this is about.
          await world.clock.advance(1_000);
          expectAnswered(operation, await world.ask(operation, { ...right, [part]: wrong }));
        }),
        { numRuns, endOnFailure: true },
      );
    },
  );

  it("a body that is another thing altogether is refused, or was right", async () => {
    const world = await open(kind);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withBody), junk, async (operation, body) => {
        await world.clock.advance(1_000);
        const { params } = world.sample(operation);
        expectAnswered(operation, await world.ask(operation, { ...(params && { params }), body }));
      }),
      { numRuns: numRuns / 4, endOnFailure: true },
    );
  });

  it("anything in a path is refused, or was right", async () => {
    const world = await open(kind);
    const text = fc.oneof(
      fc.string({ minLength: 1, unit: "binary" }),
      fc.constantFrom("\u0000", "..", "%", "/", "a/b", "💥", "\ud800"),
    );
    const withParams = operations.filter((name) => adminWire.operations[name].path.includes("{"));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withParams), text, async (operation, value) => {
        if (!value.isWellFormed()) return;
        await world.clock.advance(1_000);
        const right = world.sample(operation);
        const names = Object.keys(right.params ?? {});
        const params = Object.fromEntries(names.map((name) => [name, value]));
        expectAnswered(operation, await world.ask(operation, { ...right, params }));
      }),
      { numRuns, endOnFailure: true },
    );
  });
});

describe("what nothing reads", () => {
  it("is refused by its name in every body", async () => {
    const world = await open("memory");
    for (const operation of withBody) {
      const right = world.sample(operation);
      const body = { ...(right.body as object), budgett: 5 };
      const { status, body: problem } = await world.ask(operation, { ...right, body });
      expect([operation, status, problem.param]).toEqual([operation, 400, "budgett"]);
    }
  });

  it("is refused by its name in every query", async () => {
    const world = await open("memory");
    for (const operation of withQuery) {
      const right: Input = world.sample(operation);
      const query = { ...right.query, accountid: "acc_a" };
      const { status, body: problem } = await world.ask(operation, { ...right, query });
      expect([operation, status, problem.param]).toEqual([operation, 400, "accountid"]);
    }
  });
});

describe("names that no contract has", () => {
  const wrong: readonly (readonly [Operation, object, string, RegExp])[] = [
    ["createAccount", { name: "N", plan: "gold" }, "plan", /'free', 'pro', 'solo'/],
    [
      "createAccount",
      { name: "N", plan: "free", overrides: { windows: { request: 5 } } },
      "overrides.windows.request",
      /'requests'/,
    ],
    [
      "createAccount",
      { name: "N", plan: "solo", overrides: { slots: { films: 5 } } },
      "overrides.slots.films",
      /there is none/,
    ],
    [
      "createAccount",
      { name: "N", plan: "pro", overrides: { limits: { seat: 5 } } },
      "overrides.limits.seat",
      /'seats'/,
    ],
    ["changeAccount", { plan: "free" }, "plan", /'pro'/],
    ["createKey", { name: "K" }, "api", /Missing/],
    ["createKey", { name: "K", api: "Gamma" }, "api", /'Acme', 'Beta'/],
    [
      "createKey",
      { name: "K", api: "Acme", permissions: ["read", "rite"] },
      "permissions.1",
      /'read', 'write'/,
    ],
    [
      "createKey",
      { name: "K", api: "Beta", permissions: ["read"] },
      "permissions.0",
      /there is none/,
    ],
    ["createKey", { name: "K", api: "Acme", expiresAtMs: 1 }, "expiresAtMs", /ahead/],
    ["changeKey", { permissions: ["rite"] }, "permissions.0", /'read', 'write'/],
    ["changeKey", { expiresAtMs: 1 }, "expiresAtMs", /ahead/],
    ["createIncident", { title: "T", impact: "none", api: "Gamma" }, "api", /'Acme', 'Beta'/],
    ["createIncident", { title: "T", impact: "none", operations: ["x"] }, "api", /Missing/],
    [
      "createIncident",
      { title: "T", impact: "none", api: "Acme", operations: ["x"] },
      "operations.0",
      /'hello'/,
    ],
    ["createToken", { name: "T", role: "admin" }, "role", /'support', 'operator', 'owner'/],
    ["setWarnings", { url: "ftp://a.test" }, "url", /must be/],
    ["setWarnings", { url: "http://a.test" }, "url", /https/],
    ["setWarnings", { url: "https://me:secret@a.test" }, "url", /password/],
    ["grantCredits", { amount: 1.5, reason: "r" }, "amount", /whole number/],
    ["grantCredits", { amount: 0, reason: "r" }, "amount", /whole number/],
    ["grantCredits", { amount: 2 ** 53, reason: "r" }, "amount", /whole number/],
  ];
  it.each(wrong)("%s %j is refused at %s", async (operation, body, param, words) => {
    const world = await open("memory");
    const { params } = world.sample(operation);
    const { status, body: problem } = await world.ask(operation, {
      ...(params && { params }),
      body,
    });
    expect([status, problem.param]).toEqual([400, param]);
    expect(problem.detail).toMatch(words);
  });
});
