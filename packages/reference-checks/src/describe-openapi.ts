// An OpenAPI document from a contract: what the tools of others make of it, and that each code of the catalogue is in it.

import type { AnyApi } from "sluice";
import { openApiOf, possibleRefusals, refusalsOfNoOperation } from "sluice/reference";
import { expect, test } from "vitest";
import {
  compileErrors,
  exampleCount,
  prismExamples,
  redoclyProblems,
  typesOf,
  wrongExamples,
} from "./openapi.ts";

/** As Prism's parser calls an example without a name. */
const isSuccess = (one: string) => one.endsWith(" default");

const license = { name: "None", url: "https://example.org/license" };

/**
 * @param program TypeScript that uses the types which openapi-typescript makes, as `./api.js`
 * @param unused codes of a ready catalogue that nothing of this API can lead to
 */
export function describeOpenApi(
  api: AnyApi,
  program: string,
  unused: readonly string[] = [],
): void {
  const document = openApiOf(api, { license });
  const { codes, operations } = api.wire;

  test("Redocly's strictest rules have nothing to complain of", () => {
    expect(redoclyProblems(document)).toEqual([]);
  });

  test("every example is what its schema says", () => {
    expect(exampleCount(document)).toBeGreaterThan(50);
    expect(wrongExamples(document)).toEqual([]);
  });

  test("Prism's parser finds an example of every code that an operation can answer, and of no other", () => {
    const examples = prismExamples(document);
    expect(Object.keys(examples).toSorted()).toEqual(Object.keys(operations).toSorted());
    const none = refusalsOfNoOperation(api).map(({ code }) => `default ${code}`);
    for (const [name, found] of Object.entries(examples)) {
      const own = possibleRefusals(api, name).map(({ code }) => `${codes[code]?.status} ${code}`);
      const refused = found.filter((one) => !isSuccess(one));
      expect(refused.toSorted(), name).toEqual([...new Set([...own, ...none])].toSorted());
    }
  });

  test("every code of the catalogue is answered somewhere, and nothing else is", () => {
    const found = Object.values(prismExamples(document))
      .flat()
      .filter((one) => !isSuccess(one));
    const answered = new Set(found.map((one) => one.split(" ")[1]));
    expect([...answered, ...unused].toSorted()).toEqual(Object.keys(codes).toSorted());
  });

  test("Prism's parser finds what each operation answers, where it answers anything", () => {
    for (const [name, found] of Object.entries(prismExamples(document))) {
      const { successStatus = 200, example } = api.server.operations[name] ?? {};
      const shown = example?.output === undefined ? [] : [`${successStatus} default`];
      expect(found.filter(isSuccess), name).toEqual(shown);
    }
  });

  test("the types that openapi-typescript makes of it compile, and tell codes apart", async () => {
    expect(compileErrors(await typesOf(document), program)).toBe("");
    // It starts a compiler, on a machine that may have much else to do.
  }, 60_000);
}
