// The Python file and the TypeScript client under one script of answers: what they send and when, what they give up and with
// what, and when their breakers open and close. Both in virtual time, with the same chance.

import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/index.ts";
import { type AnyApi, mintKey } from "../../../src/contract/index.ts";
import { answersFor, asPython, illAnswersFor, tracesFor } from "./fixtures/answers.ts";
import { Python } from "./fixtures/python.ts";
import { BASE_URL, comparable, runHere, type Told, type Trace } from "./fixtures/traces.ts";

const RUNS = Number(process.env["RUNS"] ?? 300);

const python = new Python();
afterAll(() => python.stop());

const APIS: readonly (readonly [string, AnyApi, readonly string[]])[] = [
  ["mavera", mavera, ["listPersonas", "createResponse"]],
  ["mentova", mentova, ["listBrands", "createBrand", "updateBrand", "deleteBrand"]],
];

describe.each(APIS)("with the contract of %s", (name, api, operations) => {
  const module = python.write(`${name}_errors`, api);
  const key = mintKey(api.wire.key, "live", seededRandom(name));

  const seen = new Set<string>();

  async function isAlike(trace: Trace, options = {}, pythonOptions = {}): Promise<void> {
    const question = { do: "trace", module, key, baseUrl: BASE_URL };
    const own = { ...asPython(api.wire, trace), options: { pace: false, ...pythonOptions } };
    const there = await python.ask<Told>({ ...question, ...own });
    const here = await runHere(api, key, trace, { pacing: false, ...options });
    for (const [, state] of here.breakers) seen.add(state);
    for (const { error } of here.ended) {
      const { why = [] } = (error ?? {}) as { why?: readonly string[] };
      for (const reason of why) seen.add(reason.replaceAll(/\d[\d.]*( ms| s)?/g, "#"));
    }
    expect(comparable(there)).toEqual(comparable(here));
  }

  it("decides alike, whatever the server answers", async () => {
    const traces = tracesFor(api.wire, operations, answersFor(api.wire));
    await fc.assert(
      fc.asyncProperty(traces, (trace) => isAlike(trace)),
      { numRuns: RUNS },
    );
  }, 60_000);

  it("decides alike with other attempts, and without breakers", async () => {
    const traces = tracesFor(api.wire, operations, answersFor(api.wire));
    const attempts = fc.integer({ min: 1, max: 5 });
    const isAlikeWith = (trace: Trace, most: number) =>
      isAlike(trace, { attempts: most, breaker: false }, { attempts: most, breaker: false });
    await fc.assert(fc.asyncProperty(traces, attempts, isAlikeWith), { numRuns: RUNS / 4 });
  }, 60_000);

  it("opens, sheds, probes and closes alike where the server is ill", async () => {
    const shape = { callsMax: 60, gapMsMax: 3_000 };
    const traces = tracesFor(api.wire, operations.slice(0, 2), illAnswersFor(api.wire), shape);
    await fc.assert(
      fc.asyncProperty(traces, (trace) => isAlike(trace)),
      { numRuns: RUNS / 2 },
    );
  }, 60_000);

  it("has had every reason to stop by then, and a breaker in every state", () => {
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...["closed", "no_retries", "shedding", "open", "half_open"],
        ...["needs payment", "the server vetoes a retry", "would fail again"],
        ...["attempt # of #", "deadline in #", "retry budget is spent", "longest wait #"],
        "Not sent: the server has failed too often just now.",
      ]),
    );
    // Where each operation that is not safe to repeat takes a key, nothing can happen twice.
    expect(seen.has("might happen twice")).toBe(operations.includes("updateBrand"));
  });
});
