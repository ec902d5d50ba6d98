// Mavera's OpenAPI document: what the tools of others make of it, and that each code of the catalogue is in it.

import {
  compileErrors,
  exampleCount,
  prismExamples,
  redoclyProblems,
  typesOf,
  wrongExamples,
} from "@sluice-internal/reference-checks/openapi";
import { openApiOf, possibleRefusals, refusalsOfNoOperation } from "sluice/reference";
import { expect, test } from "vitest";
import { mavera } from "../../contract/index.ts";

const license = { name: "None", url: "https://example.org/license" };
const document = openApiOf(mavera, { license });

test("Redocly's strictest rules have nothing to complain of", () => {
  expect(redoclyProblems(document)).toEqual([]);
});

test("every example is what its schema says", () => {
  expect(exampleCount(document)).toBeGreaterThan(50);
  expect(wrongExamples(document)).toEqual([]);
});

test("Prism's parser finds an example of every code that an operation can answer, and of no other", () => {
  const examples = prismExamples(document);
  expect(Object.keys(examples).toSorted()).toEqual(Object.keys(mavera.wire.operations).toSorted());
  const none = refusalsOfNoOperation(mavera).map(({ code }) => `default ${code}`);
  for (const [name, found] of Object.entries(examples)) {
    const codes = possibleRefusals(mavera, name).map(
      ({ code }) => code as keyof typeof mavera.wire.codes,
    );
    const own = codes.map((code) => `${mavera.wire.codes[code].status} ${code}`);
    expect(found.toSorted(), name).toEqual([...new Set([...own, ...none])].toSorted());
  }
});

test("every code of the catalogue is answered somewhere, and nothing else is", () => {
  const found = Object.values(prismExamples(document)).flat();
  const codes = new Set(found.map((one) => one.split(" ")[1]));
  expect([...codes].toSorted()).toEqual(Object.keys(mavera.wire.codes).toSorted());
});

test("the types that openapi-typescript makes of it compile, and tell codes apart", async () => {
  expect(compileErrors(await typesOf(document), program)).toBe("");
});

const program = `
  import type { operations } from "./api.js";
  type Answers = operations["createResponse"]["responses"];
  type Body<Status extends 400 | 402> = Answers[Status]["content"]["application/json"];
  export function field({ error }: Body<400>): string | null {
    if (error.code === "invalid_model") return error.param;
    const type: "validation_error" = error.type;
    return type;
  }
  export const broke: Body<402>["error"]["code"][] = ["credits_exhausted", "budget_exceeded"];
  // @ts-expect-error: a response makes nothing that could conflict
  export const none: Answers[409]["content"]["application/json"]["error"]["code"] = "conflict";
  export const wait = (answer: Answers[429]): number => answer.headers["Retry-After"];
  export const input: operations["createResponse"]["requestBody"]["content"]["application/json"] = {
    model: "mavera-1",
    input: "Hello",
  };
`;
