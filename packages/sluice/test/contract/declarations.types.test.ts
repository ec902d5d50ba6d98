// What does not compile: each line below a `@ts-expect-error` is a mistake that the type checker finds, so
// `tsc` fails here once it no longer does. Most of them are refused at start as well, for those without types.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type CodeOf,
  type Condition,
  DeclarationError,
  defineApi,
  defineWire,
  fixed,
  type InputFor,
  type OperationOf,
  type PlanOf,
  quote,
  refuse,
  type WaitingCondition,
} from "../../src/contract/index.ts";
import { type Handlers, handlers, reply } from "../../src/gate/index.ts";
import { acmeWire, pageOf } from "./fixtures/acme.ts";
import type { mavera } from "./fixtures/mavera.ts";
import { mentova } from "./fixtures/mentova.ts";

/** True exactly if the two types are the same, so that `any` passes for nothing. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles for `true` only. */
function holds<_Claim extends true>(): void {}

const { conflict: _conflict, ...withoutConflict } = acmeWire.conditions;

describe("the type checker", () => {
  it("wants every condition mapped", () => {
    expect(() =>
      defineWire({
        ...acmeWire,
        // @ts-expect-error: conflict is not mapped.
        conditions: withoutConflict,
      }),
    ).toThrow(DeclarationError);
  });

  it("knows the codes that a condition, a field and an operation can have", () => {
    const { conditions } = acmeWire;
    const wrong = [
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no code "conflikt".
          conditions: { ...conditions, conflict: "conflikt" },
        }),
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no code "conflikt".
          conditions: { ...conditions, conflict: { code: "conflikt" } },
        }),
      () =>
        defineWire({
          ...acmeWire,
          conditions: {
            ...conditions,
            // @ts-expect-error: there is no code "invalid_modle".
            invalid_field: { code: "invalid_field", fields: { model: "invalid_modle" } },
          },
        }),
      () =>
        defineWire({
          ...acmeWire,
          conditions: {
            ...conditions,
            // @ts-expect-error: there is no code "no_item".
            not_found: { code: "not_found", operations: { getItem: "no_item" } },
          },
        }),
      () =>
        defineWire({
          ...acmeWire,
          conditions: {
            ...conditions,
            // @ts-expect-error: there is no operation "getItme".
            not_found: { code: "not_found", operations: { getItme: "conflict" } },
          },
        }),
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no code "shelf_full".
          domain: { ...acmeWire.domain, shelf_full: "shelf_full" },
        }),
    ];
    for (const mistake of wrong) expect(mistake).toThrow(DeclarationError);
  });

  it("knows the operations and plans that a window and a slot can have", () => {
    const minute = { per: "key", limit: 60, windowMs: 60_000 } as const;
    const wrong = [
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no operation "createItme".
          windows: { minute: { ...minute, operations: ["createItme"] } },
        }),
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no operation "startReprot".
          slots: { reports: { per: "account", limit: 3, operations: ["startReprot"] } },
        }),
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: there is no plan "teem".
          windows: { minute: { ...minute, limit: { free: 1, pro: 2, team: 3, teem: 4 } } },
        }),
      () =>
        defineWire({
          ...acmeWire,
          // @ts-expect-error: the plan "team" has no number.
          windows: { minute: { ...minute, limit: { free: 1, pro: 2 } } },
        }),
    ];
    for (const mistake of wrong) expect(mistake).toThrow(DeclarationError);
  });

  it("knows the codes, operations and plans of a contract as unions", () => {
    holds<Same<OperationOf<typeof mentova>, "listBrands" | "createBrand" | "getBrand">>();
    holds<Same<PlanOf<typeof mentova>, "free" | "agency">>();
    holds<Same<CodeOf<typeof mavera>, keyof typeof mavera.codes>>();
    holds<Same<Extract<CodeOf<typeof mavera>, `invalid_${string}`>, InvalidCode>>();
    const codes: readonly CodeOf<typeof mentova>[] = ["RATE_LIMITED", "NOT_FOUND"];
    // @ts-expect-error: there is no code "RATE_LIMITTED".
    const misspelt: CodeOf<typeof mentova> = "RATE_LIMITTED";
    expect(Object.keys(mentova.codes)).toEqual(expect.arrayContaining([...codes]));
    expect(Object.keys(mentova.codes)).not.toContain(misspelt);
  });

  it("wants a wait from every refusal that is one", () => {
    holds<
      Same<
        WaitingCondition,
        | "rate_limited"
        | "concurrency_limited"
        | "credits_unavailable"
        | "request_in_progress"
        | "unavailable"
      >
    >();
    const careless = [
      // @ts-expect-error: when to come back is missing.
      refuse("rate_limited"),
      // @ts-expect-error: when to come back is missing.
      refuse("unavailable", {}),
      // @ts-expect-error: when to come back is missing.
      refuse("concurrency_limited", { limit: 3 }),
      // @ts-expect-error: a condition that may be any may be one that waits.
      refuse("internal" as Condition),
    ];
    const careful = [refuse("rate_limited", { retryAfterMs: 1 }), refuse("internal")];
    expect([...careless, ...careful].every(({ kind }) => kind === "refusal")).toBe(true);
  });

  it("knows the conditions that can be refused with", () => {
    // @ts-expect-error: there is no condition "not_fuond".
    expect(refuse("not_fuond").condition).toBe("not_fuond");
  });
});

type InvalidCode =
  | "invalid_api_key"
  | "invalid_model"
  | "invalid_field"
  | "invalid_persona"
  | "invalid_request";

const plans = { free: { title: "Free" }, agency: { title: "Agency" } };
const brandParams = z.object({ brandId: z.string() });
const pages = Object.fromEntries(
  Object.keys(mentova.codes).map((code) => [code, pageOf(code)]),
) as Record<CodeOf<typeof mentova>, string>;
const operations = {
  listBrands: { query: z.object({ limit: z.string().transform(Number) }) },
  createBrand: { body: z.object({ name: z.string() }), price: fixed(1) },
  getBrand: { params: brandParams },
};

describe("the type checker, of the server layer and the pages,", () => {
  it("wants every operation served and every plan described, and no others", () => {
    const { getBrand: _getBrand, ...withoutGetBrand } = operations;
    const wrong = [
      // @ts-expect-error: nothing serves getBrand.
      () => defineApi(mentova, { plans, operations: withoutGetBrand }, pages),
      // @ts-expect-error: the plan "agency" is not described.
      () => defineApi(mentova, { plans: { free: plans.free }, operations }, pages),
      () =>
        // @ts-expect-error: there is no plan "agncy".
        defineApi(mentova, { plans, operations, requires: { plans: ["agncy"] } }, pages),
    ];
    for (const mistake of wrong) expect(mistake).toThrow(DeclarationError);
  });

  it("wants a page for every code", () => {
    const { NOT_FOUND: _notFound, ...withoutNotFound } = pages;
    // @ts-expect-error: NOT_FOUND has no page.
    expect(() => defineApi(mentova, { plans, operations }, withoutNotFound)).toThrow(
      DeclarationError,
    );
  });

  it("knows what each handler receives: what its schemas give", () => {
    const api = defineApi(mentova, { plans, operations }, pages);
    type Input<O extends OperationOf<typeof mentova>> = Parameters<Handlers<typeof api>[O]>[0];
    type Operations = typeof api.server.operations;

    holds<Same<keyof Handlers<typeof api>, OperationOf<typeof mentova>>>();
    holds<Same<Input<"getBrand">, InputFor<Operations["getBrand"]>>>();
    holds<Same<Input<"getBrand">["params"], { brandId: string }>>();
    holds<Same<Input<"getBrand">["body"], undefined>>();
    holds<Same<Input<"listBrands">["query"], { limit: number }>>();
    holds<Same<Input<"listBrands">["params"], Record<string, never>>>();
    holds<Same<Input<"createBrand">["body"], { name: string }>>();

    const table: Handlers<typeof api> = {
      listBrands: ({ query }) => reply({ first: query.limit.toFixed() }),
      createBrand: ({ body }) => reply({ name: body.name.trim() }, 201),
      getBrand: ({ params }, { caller }) => reply({ id: params.brandId, of: caller.accountId }),
    };
    // @ts-expect-error: the parameter is called brandId.
    const misread: typeof table = { ...table, getBrand: ({ params }) => reply(params.brandID) };
    // @ts-expect-error: the body of a GET is never there.
    const greedy: typeof table = { ...table, listBrands: ({ body }) => reply(body.name) };
    const { getBrand: _getBrand, ...withoutGetBrand } = table;
    // @ts-expect-error: nobody handles getBrand.
    handlers(api, withoutGetBrand);
    expect(Object.keys({ ...misread, ...greedy })).toEqual(Object.keys(operations));
  });

  it("wants a quote from the handler of an operation that is quoted, and from no other", () => {
    const quoted = { ...operations, getBrand: { params: brandParams, price: COST } };
    const api = defineApi(mentova, { plans, operations: quoted }, pages);
    const listBrands = () => reply([]);
    const createBrand = () => reply({}, 201);
    const getBrand = {
      run: ({ params }: { params: { brandId: string } }) => reply(params.brandId),
      quote: ({ params }: { params: { brandId: string } }) => params.brandId.length,
    };
    handlers(api, { listBrands, createBrand, getBrand });
    // @ts-expect-error: nobody says what getBrand will cost.
    handlers(api, { listBrands, createBrand, getBrand: getBrand.run });
    // @ts-expect-error: listBrands has no price to ask for.
    handlers(api, { listBrands: getBrand, createBrand, getBrand });
    expect(api.server.operations.getBrand.price.kind).toBe("quote");
  });
});

const COST = quote("/quotes/{brandId}", { pointer: "/credits" });
