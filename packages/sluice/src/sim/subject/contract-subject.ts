// Somebody's own contract in a run: its operations are asked for by their examples, and answered by them.

import { assert, type Random } from "../../base/index.ts";
import {
  type AnyApi,
  DEADLINE_MS_DEFAULT,
  fillPattern,
  type Price,
  parsePattern,
} from "../../contract/index.ts";
import { reply } from "../../gate/index.ts";
import type { AnyGroup, ContractCallers, ContractScenario, Use } from "../contract-scenario.ts";
import { SHOWN } from "./call-name.ts";
import type { Callee, Subject } from "./subject.ts";
import { withValueAt } from "./value-at.ts";

export function contractSubject(scenario: ContractScenario, api: AnyApi): Subject {
  const { wire, server } = api;
  const callees: Record<string, Callee> = {};
  for (const [at, { plan, uses, name }] of scenario.callers.entries()) {
    const place = `callers[${at}]`;
    assert(
      wire.plans.includes(plan),
      () => `scenario: ${place}.plan is ${plan}; give one of ${wire.plans.join(", ")}`,
    );
    assert(uses.length > 0, () => `scenario: ${place}.uses is empty, so ${name} calls nothing`);
    for (const use of uses) callees[use.operation] = calleeOf(api, use, place);
  }
  const names = Object.keys(callees);
  return {
    api,
    callees,
    limitsDown: server.limitsDown ?? "local",
    credits: scenario.credits,
    hasProbers: true,
    probed: names.find((name) => isFreeRead(api, name)) ?? (names[0] as string),
    windowsMs: Math.max(0, ...Object.values(wire.windows).map(({ windowMs }) => windowMs)),
    deadlineMs: Math.max(...names.map((name) => deadlineOf(api, name))),
    planOf: (group) => (group as ContractCallers).plan,
    draw: (group, random) => drawUse((group as ContractCallers).uses, random),
    clientOf: (group: AnyGroup) => {
      const { client = {}, plan } = group as ContractCallers;
      return { ...client, plan };
    },
  };
}

/** Why an operation cannot be used in a run; undefined for one that can. */
export function isNoSubject({ wire, server }: AnyApi, operation: string): string | undefined {
  if (wire.operations[operation] === undefined) return "the contract has no such operation";
  const { detaches, passesBody, upgrades, answeredBy } = server.operations[operation] ?? {};
  if (detaches !== undefined) return "it starts jobs, which end when somebody reports their end";
  if (passesBody) return "its body is passed on unread";
  if (upgrades !== undefined) return "it goes on as another protocol";
  if (answeredBy === "gate") return "the gate answers it from its own stores";
  return undefined;
}

function calleeOf(api: AnyApi, use: Use, place: string): Callee {
  const { operation } = use;
  const why = isNoSubject(api, operation);
  assert(why === undefined, () => `scenario: ${place} uses ${operation}, but ${why}`);
  const { method, path } = api.wire.operations[operation] as { method: string; path: string };
  const { slots = {} } = api.wire;
  const declared = api.server.operations[operation] ?? {};
  const input = use.input ?? declared.example ?? {};
  const { price } = declared;
  const credits = use.credits ?? usualCost(price, declared.example?.output);
  const output = outputOf(price, declared.example?.output, credits);
  return {
    method,
    input,
    target: targetOf(api, path, input, `${place}.uses ${operation}`),
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
    hasSlot: Object.values(slots).some(({ operations }) => operations.includes(operation)),
    fixedCredits: price?.kind === "fixed" ? price.credits : undefined,
    quotedCredits: credits,
    answer: (call, account) =>
      reply({ ...output, [SHOWN]: { call, account } }, declared.successStatus),
  };
}

function targetOf(
  { wire }: AnyApi,
  path: string,
  { params = {}, query = {} }: NonNullable<Use["input"]>,
  place: string,
): string {
  const pattern = parsePattern(path);
  assert(typeof pattern !== "string", () => `${path} is no path`);
  const values = pattern.params.map((name) => {
    const value = params[name];
    assert(value !== undefined, () => `scenario: ${place}: input.params.${name} is missing`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(query).toString();
  return wire.basePath + fillPattern(pattern, values) + (search === "" ? "" : `?${search}`);
}

/** What the example's answer says that it cost, else the most. */
function usualCost(price: Price | undefined, output: unknown): number {
  if (price === undefined || price.kind === "quote") return QUOTED_CREDITS;
  if (price.kind === "fixed" || price.actual === undefined) return price.credits;
  let value: unknown = output;
  for (const name of price.actual.split("/").slice(1)) value = Object(value)[name];
  const isCost = Number.isSafeInteger(value) && (value as number) <= price.credits;
  return isCost ? (value as number) : price.credits;
}

/** Where nobody says what a quote usually is. */
const QUOTED_CREDITS = 10;

/** The example's answer, with what it cost where the price is read from it. */
function outputOf(price: Price | undefined, output: unknown, credits: number): object {
  const isPlain = typeof output === "object" && output !== null && !Array.isArray(output);
  const plain: object = isPlain ? output : {};
  if (price?.kind !== "at_most" || price.actual === undefined) return plain;
  return withValueAt(plain, price.actual, credits);
}

function drawUse(uses: readonly Use[], random: Random): string {
  const all = uses.reduce((sum, { share }) => sum + share, 0);
  let left = random.float() * all;
  for (const { operation, share } of uses) {
    left -= share;
    if (left < 0) return operation;
  }
  return (uses.at(-1) as Use).operation;
}

function isFreeRead({ wire, server }: AnyApi, operation: string): boolean {
  const isRead = wire.operations[operation]?.method === "GET";
  return isRead && server.operations[operation]?.price === undefined;
}

function deadlineOf({ server }: AnyApi, operation: string): number {
  return server.operations[operation]?.deadlineMs ?? DEADLINE_MS_DEFAULT;
}
