// The one idea: what the gate writes, the client reads, and writes again byte for byte.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AnyWire,
  exampleFacts,
  parse,
  type Refusal,
  refusalOf,
  render,
  retryAfterSeconds,
} from "../../src/contract/index.ts";
import { CONTRACTS, conditionsOf } from "./fixtures/contracts.ts";
import { operationsOf, received, refusalsFor } from "./fixtures/refusals.ts";

const RUNS_PER_CONDITION = 25;

/** Renders, sends, parses; and renders what was understood. */
function roundTrip(wire: AnyWire, refusal: Refusal, operation: string | undefined) {
  const rendered = render(wire, refusal, { operation });
  const response = received(rendered);
  const parsed = parse(wire, response);
  if (parsed === undefined) throw new Error(`not understood: ${rendered.body}`);
  const understood = refusalOf(parsed, response);
  return { rendered, parsed, understood, again: render(wire, understood) };
}

/** Checks a property of every condition of a contract, at every operation, with any facts. */
function forEachRefusal(
  wire: AnyWire,
  check: (refusal: Refusal, operation: string | undefined) => void,
): void {
  for (const condition of conditionsOf(wire)) {
    const refusals = refusalsFor(wire, condition);
    const property = fc.property(refusals, operationsOf(wire), check);
    fc.assert(property, { numRuns: RUNS_PER_CONDITION });
  }
}

describe.each(CONTRACTS)("a refusal in the words of %s", (_name, wire) => {
  it("is written again byte for byte by whoever has read it", () => {
    forEachRefusal(wire, (refusal, operation) => {
      const { rendered, again } = roundTrip(wire, refusal, operation);
      expect(again).toEqual(rendered);
    });
  });

  it("is understood as a set of conditions with the true one among them", () => {
    forEachRefusal(wire, (refusal, operation) => {
      const { parsed } = roundTrip(wire, refusal, operation);
      expect(parsed.conditions).toContain(refusal.condition);
    });
  });

  it("gives back the facts that its envelope and headers carry", () => {
    const carriesParam = wire.envelope.name !== "flat";
    forEachRefusal(wire, (refusal, operation) => {
      const { rendered, parsed, understood } = roundTrip(wire, refusal, operation);
      const fixed = wire.codes[rendered.code]?.retryAfter;
      const { code, status, retryAfterMs } = rendered;
      expect(parsed).toMatchObject({ code, status, retryAfterMs, entry: wire.codes[code] });
      expect(parsed.type).toBe(wire.codes[code]?.type);
      expect(parsed.param).toBe(carriesParam ? refusal.param : undefined);
      if (refusal.message !== undefined) expect(parsed.message).toBe(refusal.message);
      if (refusal.retryAfterMs !== undefined && !(fixed !== undefined && "alwaysMs" in fixed)) {
        expect(parsed.retryAfterMs).toBe(retryAfterSeconds(refusal.retryAfterMs) * 1_000);
      }
      const allowed = refusal.allowed?.join(", ");
      expect(understood.allowed?.join(", ")).toBe(allowed);
    });
  });

  it("is read the same way when it was simulated", () => {
    for (const [code, entry] of Object.entries(wire.codes)) {
      const [condition = ""] = wire.spellings.conditionsOf(code);
      const facts = exampleFacts(condition, entry);
      const { rendered, parsed, again } = roundTrip(
        wire,
        { kind: "refusal", condition, code, ...facts },
        undefined,
      );
      expect(again).toEqual(rendered);
      expect(parsed.code).toBe(code);
      expect(parsed.conditions).toContain(condition);
    }
  });
});

describe("a code that only some fields or operations have", () => {
  const [, mavera] = CONTRACTS.find(([name]) => name === "Mavera") ?? ["", undefined];
  const [, acme] = CONTRACTS.find(([name]) => name === "Acme, nested") ?? ["", undefined];

  it.each([
    [mavera, "invalid_field", "model", undefined, "invalid_model"],
    [mavera, "invalid_field", "persona_id", "createResponse", "invalid_persona"],
    [mavera, "invalid_field", "temperature", "createResponse", "invalid_field"],
    [mavera, "not_found", undefined, "createResponse", "invalid_persona"],
    [mavera, "not_found", "persona_id", "getThread", "invalid_persona"],
    [mavera, "not_found", undefined, "getThread", "resource_not_found"],
    [mavera, "not_found", undefined, undefined, "resource_not_found"],
    [acme, "concurrency_limited", undefined, "startReport", "too_many_reports"],
    [acme, "concurrency_limited", undefined, "analyse", "concurrency_limited"],
    [acme, "archive_closed", undefined, "analyse", "archive_full"],
  ] as const)("survives the trip: %#", (wire, condition, param, operation, code) => {
    if (wire === undefined) throw new Error("no such contract");
    const facts = { ...(param !== undefined && { param }), retryAfterMs: 7_000 };
    const refusal: Refusal = { kind: "refusal", condition, ...facts };
    const { rendered, parsed, again } = roundTrip(wire, refusal, operation);
    expect(rendered.code).toBe(code);
    expect(parsed.conditions).toContain(condition);
    expect(again).toEqual(rendered);
  });
});
