/**
 * Simulated refusals: a test key may send `Sluice-Simulate: <code>[; times=n][; after=n]` and gets that refusal
 * as the real one would be. Counted per key and what it asks, so a run repeats exactly. Never charged.
 */
import { parseItem, Token } from "structured-headers";
import {
  type AnyWire,
  exampleFacts,
  type Refusal,
  refuse,
  SIMULATE,
  type StepName,
  stepOf,
} from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import type { Simulation, Visit } from "../visit.ts";

interface Asked {
  readonly code: string;
  readonly times: number;
  readonly after: number;
}

/** What the request asks for, if it is the turn of this one. */
export function simulationFor(visit: Visit, gate: Settings): Simulation | undefined {
  const header = visit.call.header(SIMULATE.toLowerCase());
  if (header === undefined) return undefined;
  const asked = parseSimulate(header);
  const { wire } = gate.api;
  if (asked === undefined || !Object.hasOwn(wire.codes, asked.code)) {
    const expected = "must be a code of this API, with times and after as whole numbers";
    const refusal = refuse("invalid_parameter", { param: SIMULATE, expected });
    return { step: "validate", refusal };
  }
  const turn = gate.simulations.next(seriesOf(visit, asked));
  if (turn <= asked.after || turn > asked.after + asked.times) return undefined;
  return simulate(wire, asked.code, visit);
}

/** By what was asked rather than how it was written, which can be long. */
function seriesOf(visit: Visit, { code, times, after }: Asked): string {
  return `${visit.known.caller.keyId} ${code} ${times} ${after}`;
}

function parseSimulate(header: string): Asked | undefined {
  try {
    const [value, parameters] = parseItem(header);
    const code = value instanceof Token ? value.toString() : value;
    const times = parameters.get("times") ?? Number.POSITIVE_INFINITY;
    const after = parameters.get("after") ?? 0;
    const known = [...parameters.keys()].every((name) => name === "times" || name === "after");
    if (typeof code !== "string" || !known || !isCount(times) || !isCount(after)) return undefined;
    return { code, times, after };
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && Number(value) >= 0);
}

function simulate(wire: AnyWire, code: string, visit: Visit): Simulation | undefined {
  const condition = wire.spellings.conditionsOf(code)[0];
  const entry = wire.codes[code];
  if (condition === undefined || entry === undefined) return undefined;
  const facts = { ...exampleFacts(condition, entry), ...limitFacts(condition, visit) };
  const refusal: Refusal = { kind: "refusal", condition, code, ...facts };
  return { step: stepFor(condition), refusal };
}

/** How full limits would look to this key: everything is taken, and just now. */
function limitFacts(condition: string, visit: Visit): Partial<Refusal> {
  if (condition === "concurrency_limited") return slotFacts(visit);
  if (condition !== "rate_limited") return {};
  const claims = visit.known.windowsFor(visit.operation?.name);
  const [first] = claims;
  if (first === undefined) return {};
  visit.windowClaims = claims;
  visit.admittedMs = visit.startedMs;
  visit.windows = claims.map(({ windowMs }) => ({ remaining: 0, resetMs: windowMs }));
  return { limit: first.limit, retryAfterMs: first.windowMs };
}

/** The slots are full of others' calls, and this key's windows are untouched. */
function slotFacts(visit: Visit): Partial<Refusal> {
  const operation = visit.operation?.name;
  const claims = visit.known.windowsFor(operation);
  if (claims.length > 0) visit.windowClaims = claims;
  visit.admittedMs = visit.startedMs;
  visit.windows = claims.map(({ limit }) => ({ remaining: limit, resetMs: 0 }));
  const [first] = visit.known.slotsFor(operation);
  return first === undefined ? {} : { limit: first.limit };
}

/** Before *identify* nobody knows that the key is a test key, so earlier conditions are raised there. */
function stepFor(condition: string): StepName {
  const step = stepOf(condition);
  return step === "match" ? "identify" : step;
}
