// Mentova's OpenAPI document: what the tools of others make of it, and that each code of the catalogue is in it.

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
import { mentova } from "../../contract/index.ts";

const license = { name: "None", url: "https://example.org/license" };
const document = openApiOf(mentova, { license });

test("Redocly's strictest rules have nothing to complain of", () => {
  expect(redoclyProblems(document)).toEqual([]);
});

test("every example is what its schema says", () => {
  expect(exampleCount(document)).toBeGreaterThan(50);
  expect(wrongExamples(document)).toEqual([]);
});

test("Prism's parser finds an example of every code that an operation can answer, and of no other", () => {
  const examples = prismExamples(document);
  expect(Object.keys(examples).toSorted()).toEqual(Object.keys(mentova.wire.operations).toSorted());
  const none = refusalsOfNoOperation(mentova).map(({ code }) => `default ${code}`);
  for (const [name, found] of Object.entries(examples)) {
    const codes = possibleRefusals(mentova, name).map(
      ({ code }) => code as keyof typeof mentova.wire.codes,
    );
    const own = codes.map((code) => `${mentova.wire.codes[code].status} ${code}`);
    expect(found.toSorted(), name).toEqual([...new Set([...own, ...none])].toSorted());
  }
});

test("every code of the catalogue is answered somewhere, and nothing else is", () => {
  const found = Object.values(prismExamples(document)).flat();
  const codes = new Set(found.map((one) => one.split(" ")[1]));
  expect([...codes].toSorted()).toEqual(Object.keys(mentova.wire.codes).toSorted());
});

test("the types that openapi-typescript makes of it compile, and tell codes apart", async () => {
  expect(compileErrors(await typesOf(document), program)).toBe("");
});

const program = `
  import type { operations } from "./api.js";
  type Answers = operations["launchCampaign"]["responses"];
  type Codes = Answers[422]["content"]["application/json"]["code"];
  export const codes: Record<Codes, string> = {
    VALIDATION_ERROR: "",
    LIMIT_REACHED: "",
    QUOTA_EXCEEDED: "",
    IDEMPOTENCY_KEY_REUSED: "",
  };
  export const wait = (answer: Answers[429]): number => answer.headers["Retry-After"];
  // @ts-expect-error: only what makes something is answered with 201
  export const made: operations["listBrands"]["responses"][201] = undefined;
`;
