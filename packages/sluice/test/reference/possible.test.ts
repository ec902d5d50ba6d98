// Which refusals an operation can answer: no code too many, none too few.

import { describe, expect, it } from "vitest";
import { defineApi, defineWire, nested, standard } from "../../src/contract/index.ts";
import { possibleRefusals, refusalsOfNoOperation } from "../../src/reference/index.ts";
import { acme, acmePages, acmeServer, acmeWire, declare } from "../contract/fixtures/acme.ts";
import { standardIn } from "../contract/fixtures/contracts.ts";

const api = declare(acme);

function conditionsAt(operation: string): readonly string[] {
  return possibleRefusals(api, operation).map(({ condition }) => condition);
}

const ALWAYS = [
  ...["missing_key", "malformed_key", "unknown_key", "revoked_key", "expired_key"],
  ...["rate_limited", "subscription_inactive", "internal", "unavailable", "upstream_timeout"],
];

describe("the refusals of an operation", () => {
  it("are those of any request where it asks for nothing", () => {
    const wire = standardIn(nested());
    const plain = defineApi(
      wire,
      { plans: { only: { title: "Only" } }, operations: { ping: {} } },
      standard.pages,
    );
    const found = possibleRefusals(plain, "ping").map(({ condition }) => condition);
    expect(found.toSorted()).toEqual(ALWAYS.toSorted());
  });

  it.each([
    [
      "plan_required",
      ["listItems", "getItem", "createItem", "deleteItem", "startReport", "analyse"],
    ],
    ["forbidden", ["deleteItem"]],
    ["concurrency_limited", ["startReport"]],
    ["credits_exhausted", ["createItem", "startReport", "analyse"]],
    ["budget_exceeded", ["createItem", "startReport", "analyse"]],
    ["credits_unavailable", ["createItem", "startReport", "analyse"]],
    ["request_in_progress", ["createItem"]],
    ["idempotency_key_reused", ["createItem"]],
    ["replay_unavailable", ["createItem"]],
    ["body_too_large", ["createItem", "startReport", "analyse"]],
    ["unsupported_media_type", ["createItem", "startReport", "analyse"]],
    ["malformed_body", ["createItem", "startReport", "analyse"]],
    ["missing_field", ["createItem", "startReport", "analyse"]],
    ["invalid_field", ["createItem", "startReport", "analyse"]],
    // A key for repetitions is refused where none is taken, so every method but GET can answer this.
    ["invalid_parameter", Object.keys(acmeWire.operations)],
    ["malformed_request", []],
    ["method_not_allowed", []],
  ])("%s comes from %j", (condition, operations) => {
    const found = Object.keys(acmeWire.operations).filter((name) =>
      conditionsAt(name).includes(condition),
    );
    expect(found).toEqual(operations);
  });

  it("are what the folding rules name where the operation does not say what is reported", () => {
    const folded = ["not_found", "conflict", "archive_full"];
    expect(conditionsAt("listItems")).toEqual(expect.arrayContaining(folded));
  });

  it("are what is declared as reported, and nothing else of that kind", () => {
    const { listItems } = acmeServer.operations;
    const server = {
      ...acmeServer,
      operations: { ...acmeServer.operations, listItems: { ...listItems, reports: ["conflict"] } },
    };
    const found = possibleRefusals(declare({ ...acme, server }), "listItems");
    expect(found).toContainEqual({ condition: "conflict", code: "conflict" });
    const conditions = found.map(({ condition }) => condition);
    for (const folded of ["not_found", "archive_full"]) expect(conditions).not.toContain(folded);
  });

  it("have the code that the operation or the field has for itself", () => {
    expect(possibleRefusals(api, "startReport")).toContainEqual({
      condition: "concurrency_limited",
      code: "too_many_reports",
    });
    const codes = possibleRefusals(api, "createItem").map(({ code }) => code);
    // No body of Acme's has a field of the name `model`.
    expect(codes).not.toContain("invalid_model");
  });

  it("have a missing field only where a field must be there", () => {
    const wire = defineWire({ ...acmeWire, operations: { ...acmeWire.operations } });
    const optional = { "~standard": schemaWithout("name") };
    const operations = { ...acmeServer.operations, analyse: { body: optional } };
    const bent = defineApi(wire, { ...acmeServer, operations }, acmePages);
    const found = possibleRefusals(bent, "analyse").map(({ condition }) => condition);
    expect(found).not.toContain("missing_field");
    expect(found).toContain("invalid_field");
  });
});

function schemaWithout(name: string) {
  const schema = { type: "object", properties: { [name]: { type: "string" } } };
  return {
    version: 1 as const,
    vendor: "tests",
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => schema, output: () => schema },
  };
}

describe("the refusals of no operation", () => {
  it("are those of bytes that are no request, and of paths that are none", () => {
    expect(refusalsOfNoOperation(api).map(({ condition }) => condition)).toEqual([
      ...["malformed_request", "headers_too_large", "request_timeout"],
      ...["not_found", "method_not_allowed"],
    ]);
  });

  it("and those of operations are together all that the catalogue has, unless a field is missing", () => {
    const names = Object.keys(acmeWire.operations);
    const all = [
      ...names.flatMap((name) => possibleRefusals(api, name)),
      ...refusalsOfNoOperation(api),
    ];
    const reached = new Set(all.map(({ code }) => code));
    const unreached = Object.keys(api.wire.codes).filter((code) => !reached.has(code));
    // Codes of conditions that nothing of Acme's reports, and of a field that no body has.
    expect(unreached).toEqual([
      // The one operation with slots has a code of its own for it.
      "concurrency_limited",
      ...["plan_limit_reached", "resource_limit_reached", "invalid_model"],
    ]);
  });
});
