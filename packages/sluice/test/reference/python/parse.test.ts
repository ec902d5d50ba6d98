// Every code of a contract, as its server writes it, read by Python: the class, and the facts that the catalogue has.

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createUserMessage } from "../../../src/client/errors/user-message.ts";
import { readFailure } from "../../../src/client/failure/read-failure.ts";
import { ApiError } from "../../../src/client/index.ts";
import { headers, otherBodies, refusalsOf } from "./fixtures/answers.ts";
import { APIS } from "./fixtures/apis.ts";
import { Python } from "./fixtures/python.ts";
import { factsOf, oneLine } from "./fixtures/traces.ts";

const python = new Python();
afterAll(() => python.stop());

interface Facts {
  readonly [name: string]: unknown;
}

describe.each(APIS)("an answer of %s", (name, api) => {
  const module = python.write(`${name}_errors`, api);
  const { wire, pages } = api;
  const parse = (answer: object) => python.ask<Facts>({ do: "parse", module, ...answer });
  const refusals = refusalsOf(wire);
  const texts = Object.values(pages).map((page) => [page.code, oneLine(page.endUser)]);
  const userMessage = createUserMessage(Object.fromEntries(texts));

  it("comes for each code, and for each condition of it", () => {
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(Object.keys(wire.codes)));
  });

  it.each(refusals.map((one) => [one.code, one] as const))(
    "%s has its facts",
    async (code, one) => {
      const { status, retry, action, charged = "no", type = null } = wire.codes[code] ?? {};
      const said = await parse(one);
      expect(said).toMatchObject({
        code,
        status,
        type,
        action,
        charged,
        retryable: retry !== "never",
        conditions: wire.spellings.conditionsOf(code),
        userMessage: oneLine(pages[code]?.endUser ?? ""),
        helpUrl: `${wire.about.docs}/errors/${code}`,
        record: { code, status, response: JSON.parse(one.body), api_key_prefix: null },
      });
      expect(
        String(said["class"])
          .toLowerCase()
          .replace(/error$/, ""),
      ).toBe(
        code
          .toLowerCase()
          .replaceAll("_", "")
          .replace(/error$/, ""),
      );
    },
  );

  it("has a class of its own for each code", async () => {
    const classes = await Promise.all(refusals.map(parse).map(async (one) => (await one)["class"]));
    const codes = refusals.map(({ code }) => code);
    expect(new Set(classes).size).toBe(new Set(codes).size);
  });

  it("is read as the TypeScript client reads it, also where it is somebody else's", async () => {
    const answers = fc.record({
      status: fc.integer({ min: 300, max: 599 }),
      headers,
      body: otherBodies,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        const { class: _, retryAt: __, record, ...there } = await parse(answer);
        const { timestamp: ___, ...shown } = record as Facts;
        const look = new Headers(answer.headers);
        const facts = { status: answer.status, method: "The call", body: answer.body };
        const header = (name: string) => look.get(name);
        const failure = readFailure({ ...facts, header }, wire, 0);
        const error = factsOf(new ApiError(failure, { nowMs: 0, wire, userMessage }));
        const { retryAt: ____, record: own, ...here } = error as Facts;
        const { timestamp: _____, ...ownShown } = own as Facts;
        expect({ ...there, shown }).toEqual({ ...here, shown: ownShown });
      }),
      { numRuns: 300, seed: 1 },
    );
  }, 30_000);
});
