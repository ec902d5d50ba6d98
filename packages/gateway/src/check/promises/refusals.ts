/** A promise a condition: what a request that meets it is refused with. */
import { type AnyApi, CONDITIONS, type Condition, isCondition, STEPS, stepOf } from "sluice";
import { possibleRefusals, refusalsOfNoOperation } from "sluice/reference";
import { type Exchange, isRefused, parsedOf } from "../exchange.ts";
import { refusalFault, speltAs } from "../expected.ts";
import type { KeyRole } from "../need.ts";
import { type ApiPromise, type Fault, type Finding, findingOf, notProvoked } from "../promise.ts";
import { type Provoking, provocationsOf, withRole } from "../provocations.ts";
import { OutOfBounds, type Session } from "../session.ts";

/** What a request can show by itself, and whether it takes a key that works. */
const BY_REQUEST: Partial<Record<Condition, "any" | "main">> = {
  malformed_request: "any",
  headers_too_large: "any",
  missing_key: "any",
  malformed_key: "any",
  unknown_key: "any",
  not_found: "main",
  method_not_allowed: "main",
  body_too_large: "main",
  unsupported_media_type: "main",
  malformed_body: "main",
  invalid_parameter: "main",
  missing_field: "main",
  invalid_field: "main",
};

/** What only a key shows that something is the matter with. */
const BY_KEY: Partial<Record<Condition, KeyRole>> = {
  revoked_key: "revoked",
  expired_key: "expired",
  subscription_inactive: "lapsed",
  plan_required: "no-plan",
  forbidden: "no-permission",
  credits_exhausted: "no-credits",
  budget_exceeded: "no-budget",
};

/** The rest needs a state that no request makes; a test key can simulate it. */
export function refusalPromises(api: AnyApi): readonly ApiPromise[] {
  return (Object.keys(CONDITIONS) as Condition[]).flatMap((condition) => {
    const role = BY_KEY[condition];
    const isByKey = role !== undefined;
    if (!isPossible(api, condition) || (!isByKey && BY_REQUEST[condition] === undefined)) return [];
    const { code, status } = speltAs(api.wire, {
      condition,
      ...{ operation: undefined, facts: {}, wordsKnown: true },
    });
    const needs = isByKey
      ? [{ key: role }]
      : BY_REQUEST[condition] === "main"
        ? [{ key: "main" } as const]
        : [];
    return {
      id: `refusals.${condition}`,
      group: "Refusals",
      says: `${status} ${code}: ${CONDITIONS[condition].means}`,
      needs,
      probe: (session) =>
        isByKey ? probeKey(session, role, condition) : probeAll(session, condition),
    };
  });
}

export function isPossible(api: AnyApi, condition: string): boolean {
  const isIt = (one: { readonly condition: string }) => one.condition === condition;
  const names = Object.keys(api.wire.operations);
  return (
    refusalsOfNoOperation(api).some(isIt) ||
    names.some((name) => possibleRefusals(api, name).some(isIt))
  );
}

async function probeAll(session: Session, condition: Condition): Promise<Finding> {
  const provoked = provocationsOf(session, condition);
  if (provoked.length === 0)
    return notProvoked("a request that brings it about: none follows from the contract");
  const seen = await askAll(session, provoked);
  const clear = seen.filter((exchange) => !isInTheWay(session, exchange));
  const [first] = seen;
  if (clear.length === 0 && first !== undefined) return notProvoked(wayIn(session, first));
  return findingOf(faultsOf(session, clear), clear.length);
}

/** What the key is refused for is shown by one operation; the others may not ask for what it lacks. */
async function probeKey(session: Session, role: KeyRole, condition: Condition): Promise<Finding> {
  const provoked = withRole(session, role, condition);
  const isOfEvery = CONDITIONS[condition].step === "identify";
  if (isOfEvery)
    return findingOf(faultsOf(session, await askAll(session, provoked)), provoked.length);
  let blocked: Exchange | undefined;
  const others: Exchange[] = [];
  for (const one of provoked) {
    const exchange = await session.ask(one.request, { expected: one.expected });
    const fault = refusalFault(session.target.api.wire, exchange);
    if (fault === undefined) return findingOf([], others.length + 1);
    if (isAbsent(session, exchange) || isInTheWay(session, exchange)) blocked ??= exchange;
    else others.push(exchange);
    // What was refused as something else, or done, says enough.
    if (condition !== "forbidden" && others.length > 0) break;
  }
  const wrong = others.filter(isRefused);
  const [last] = wrong.length > 0 ? wrong : others;
  if (last !== undefined) return findingOf(faultsOf(session, [last]), 1);
  return notProvoked(
    blocked === undefined ? "an operation that can refuse so" : wayIn(session, blocked),
  );
}

async function askAll(session: Session, provoked: readonly Provoking[]): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  for (const { request, expected } of provoked) {
    try {
      seen.push(await session.ask(request, { expected }));
    } catch (error) {
      // What was seen before the bounds were reached is worth judging.
      if (!(error instanceof OutOfBounds) || seen.length === 0) throw error;
      break;
    }
  }
  return seen;
}

function faultsOf({ target }: Session, exchanges: readonly Exchange[]): readonly Fault[] {
  return exchanges.flatMap((exchange) => refusalFault(target.api.wire, exchange) ?? []);
}

/** The key may not call the operation at all, which is decided before what was asked for. */
function isInTheWay({ target }: Session, exchange: Exchange): boolean {
  const { expected } = exchange;
  const parsed = parsedOf(target.api.wire, exchange);
  if (parsed === undefined || expected === undefined) return false;
  if (parsed.conditions.includes(expected.condition)) return false;
  const isLate = STEPS.indexOf(stepOf(expected.condition)) > STEPS.indexOf("authorise");
  return isLate && parsed.conditions.some((one) => isCondition(one) && stepOf(one) === "authorise");
}

/** The thing that the path names does not exist, so nobody could say more of it. */
function isAbsent({ target }: Session, exchange: Exchange): boolean {
  const path = target.api.wire.operations[exchange.expected?.operation ?? ""]?.path ?? "";
  return (
    path.includes("{") &&
    parsedOf(target.api.wire, exchange)?.conditions.includes("not_found") === true
  );
}

function wayIn(session: Session, exchange: Exchange): string {
  const { operation = "an operation" } = exchange.expected ?? {};
  const code = parsedOf(session.target.api.wire, exchange)?.code;
  return isAbsent(session, exchange)
    ? `--param <name>=<id> of something that exists, for ${operation}`
    : `a main key that may call ${operation}: this one is refused as ${code}`;
}
