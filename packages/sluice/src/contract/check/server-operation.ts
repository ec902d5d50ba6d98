/** The server layer of operations: their input, prices, scopes, and who answers. */

import { COST } from "../headers.ts";
import {
  BODY_BYTES_MAX,
  DEADLINE_MS_MAX,
  type InputPlace,
  JOB_AGE_MS_MAX,
  JOB_AGE_MS_MIN,
  PASSED_BYTES_MAX,
  type ServerOperation,
  type WireOperation,
} from "../operation.ts";
import { parsePattern } from "../path.ts";
import { type AtMostPrice, CREDITS_MAX, isCredits } from "../price.ts";
import type { ServerDeclaration } from "../server.ts";
import type { AnyWire } from "../wire.ts";
import type { Complaints } from "./advice.ts";
import { checkShown } from "./example.ts";
import { checkPassedBody, checkUpgrade } from "./passing.ts";

type Server = ServerDeclaration<string, string>;

const MEMBERS = [
  "params",
  "query",
  "body",
  "passesBody",
  "upgrades",
  "output",
  "price",
  "plans",
  "permission",
  "bodyBytesMax",
  "deadlineMs",
  "scope",
  "detaches",
  "shownOnce",
  "answeredBy",
  "successStatus",
  "example",
  "reports",
];

export function checkServerOperations(wire: AnyWire, server: Server, complaints: Complaints): void {
  const names = Object.keys(wire.operations);
  complaints.unknownMembers("operations", server.operations, names);
  for (const [name, declared] of Object.entries(wire.operations)) {
    const operation: ServerOperation | undefined = server.operations[name];
    const at = `operations.${name}`;
    if (operation === undefined) {
      complaints.add(at, "is on the wire, but nothing serves it", `add ${name}: {}`);
      continue;
    }
    complaints.unknownMembers(at, operation, MEMBERS);
    checkInput(at, declared, operation, complaints);
    checkPassedBody(at, declared, operation, complaints);
    checkUpgrade(`${at}.upgrades`, declared, operation, complaints);
    checkPrice(at, declared, operation, complaints);
    checkScope(`${at}.scope`, declared, operation, complaints);
    checkDetachment(`${at}.detaches`, declared, operation, complaints);
    checkShownOnce(`${at}.shownOnce`, declared, operation, complaints);
    checkAnswerer(at, operation, complaints);
    checkShown(at, declared, operation, wire, complaints);
    if (operation.plans !== undefined) {
      checkPlanNames(`${at}.plans`, operation.plans, wire, complaints);
      const reachable = operation.plans.some(
        (plan) => server.requires?.plans.includes(plan) ?? true,
      );
      if (!reachable && operation.plans.length > 0) {
        complaints.add(`${at}.plans`, "none of them may call the API", "see requires.plans");
      }
    }
  }
}

function checkInput(
  at: string,
  declared: WireOperation,
  operation: ServerOperation,
  complaints: Complaints,
): void {
  const params = paramsOf(declared.path);
  // A rest is the path itself: whoever takes any path has nothing to check in it.
  const unchecked = params.filter((name) => !declared.path.endsWith(`{${name}*}`));
  if (unchecked.length > 0 && operation.params === undefined) {
    complaints.add(`${at}.params`, `${unchecked.join(", ")} would go unchecked`, "add a schema");
  }
  if (params.length === 0 && operation.params !== undefined) {
    complaints.add(`${at}.params`, "the path has no parameters", "leave the schema out");
  }
  if (declared.method === "GET" && operation.body !== undefined) {
    complaints.add(`${at}.body`, "a GET has no body", "use query, or another method");
  }
  for (const part of ["params", "query", "body", "output"] as const) {
    const schema = operation[part];
    if (schema !== undefined && typeof schema["~standard"]?.validate !== "function") {
      complaints.add(`${at}.${part}`, "is no Standard Schema", "use zod 4, valibot, arktype, …");
    }
  }
  if (operation.bodyBytesMax !== undefined) {
    if (operation.body === undefined && operation.passesBody === undefined) {
      complaints.add(`${at}.bodyBytesMax`, "no body is read", "add a body schema, or remove it");
    }
    const max = operation.passesBody ? PASSED_BYTES_MAX : BODY_BYTES_MAX;
    complaints.wholeNumber(`${at}.bodyBytesMax`, operation.bodyBytesMax, 1, max);
  }
  if (operation.deadlineMs !== undefined) {
    complaints.wholeNumber(`${at}.deadlineMs`, operation.deadlineMs, 1, DEADLINE_MS_MAX);
  }
  if (operation.permission === "") {
    complaints.add(`${at}.permission`, "is empty", 'name it, such as "brands:write"');
  }
}

/** Of a path that is none, which the wire's own check complains of: no parameters. */
function paramsOf(path: string): readonly string[] {
  const pattern = parsePattern(path);
  return typeof pattern === "string" ? [] : pattern.params;
}

function checkPrice(
  at: string,
  declared: WireOperation,
  { price, detaches }: ServerOperation,
  complaints: Complaints,
): void {
  if (price === undefined) return;
  const place = `${at}.price`;
  if (price.kind === "quote") {
    checkQuotePath(at, declared, price.path, complaints);
    checkPointer(place, price.credits, complaints);
    return;
  }
  if (!isCredits(price.credits) || price.credits === 0 || price.credits > CREDITS_MAX) {
    complaints.add(place, `${price.credits} is no price`, "give 1 credit or more");
  }
  if (price.kind === "fixed") return;
  if (price.inHeader !== undefined) {
    complaints.unknownName(`${place}.header`, "header for costs", price.inHeader, [COST]);
  }
  if (price.actual !== undefined) checkPointer(place, price.actual, complaints);
  if (price.inEvents !== undefined && price.inEvents !== price.actual) {
    checkPointer(place, price.inEvents, complaints);
  }
  checkActual(place, price, declared, detaches !== undefined, complaints);
}

/** Somebody must say what it cost, and nobody may say it where nothing listens. */
function checkActual(
  place: string,
  { actual, inEvents, inHeader }: AtMostPrice,
  { stream }: WireOperation,
  isJob: boolean,
  complaints: Complaints,
): void {
  const says = actual ?? inHeader;
  if (isJob && says !== undefined) {
    complaints.add(place, "the end of the job says what it cost", "leave the pointer out");
  }
  if (!isJob && says === undefined) {
    complaints.add(place, "nothing says what it cost", "give { pointer: … }, or a fixed price");
  }
  if (stream === undefined && inEvents !== actual) {
    complaints.add(place, "the operation answers without events", "leave inEvents out");
  }
}

function checkQuotePath(
  at: string,
  declared: WireOperation,
  path: string,
  complaints: Complaints,
): void {
  const pattern = parsePattern(path);
  const own = parsePattern(declared.path);
  if (typeof pattern === "string" || typeof own === "string") {
    complaints.add(`${at}.price`, `the quote's path: ${String(pattern)}`, "write it like /a/{b}");
  } else if (pattern.params.join() !== own.params.join()) {
    complaints.add(
      `${at}.price`,
      "the quote's path has other parameters",
      `use those of ${own.text}`,
    );
  }
}

function checkScope(
  at: string,
  declared: WireOperation,
  operation: ServerOperation,
  complaints: Complaints,
): void {
  const { scope } = operation;
  if (scope === undefined) return;
  complaints.unknownMembers(at, scope, ["workspace", "project"]);
  if (scope.workspace === undefined && scope.project === undefined) {
    complaints.add(at, "names nobody", "say where the input has the workspace or the project");
  }
  for (const owner of ["workspace", "project"] as const) {
    const place = scope[owner];
    if (place === undefined) continue;
    checkPlace(`${at}.${owner}`, place, operation, complaints);
    if ("param" in place && operation.params !== undefined) {
      const names = paramsOf(declared.path);
      complaints.unknownName(`${at}.${owner}.param`, "path parameter", place.param, names);
    }
  }
}

/** A place in an input that nobody reads would never name anybody. */
function checkPlace(
  at: string,
  place: InputPlace,
  operation: ServerOperation,
  complaints: Complaints,
): void {
  complaints.unknownMembers(at, place, ["body", "query", "param"]);
  if (Object.keys(place).length !== 1) {
    complaints.add(at, "is no one place", 'write it like { body: "/workspace_id" }');
  }
  if ("body" in place) checkPointer(`${at}.body`, place.body, complaints);
  const part = "body" in place ? "body" : "query" in place ? "query" : "params";
  if (operation[part] === undefined) {
    complaints.add(at, `the operation reads no ${part}`, `add a schema for ${part}`);
  }
}

function checkDetachment(
  at: string,
  { stream }: WireOperation,
  { detaches, answeredBy }: ServerOperation,
  complaints: Complaints,
): void {
  if (detaches === undefined) return;
  complaints.unknownMembers(at, detaches, ["maxAgeMs"]);
  complaints.wholeNumber(`${at}.maxAgeMs`, detaches.maxAgeMs, JOB_AGE_MS_MIN, JOB_AGE_MS_MAX);
  if (stream !== undefined) {
    complaints.add(at, "a stream ends with its work", "leave out detaches, or stream");
  }
  if (answeredBy !== undefined) {
    complaints.add(at, "the gate starts no jobs", "leave out detaches, or answeredBy");
  }
}

function checkShownOnce(
  at: string,
  { idempotency }: WireOperation,
  { shownOnce }: ServerOperation,
  complaints: Complaints,
): void {
  if (shownOnce === undefined) return;
  if (shownOnce !== true) {
    complaints.add(at, `${shownOnce} says nothing`, "write true, or leave it out");
  }
  if (idempotency !== true) {
    complaints.add(at, "no answer is kept anyway", "add idempotency, or leave this out");
  }
}

function checkAnswerer(at: string, operation: ServerOperation, complaints: Complaints): void {
  const { answeredBy, price } = operation;
  if (answeredBy === undefined) return;
  complaints.unknownName(`${at}.answeredBy`, "answerer", answeredBy, ["gate"]);
  if (price?.kind === "quote") {
    complaints.add(`${at}.price`, "the gate gives no quotes", "give a fixed price, or none");
  }
}

export function checkPlanNames(
  at: string,
  plans: readonly string[],
  wire: AnyWire,
  complaints: Complaints,
): void {
  if (plans.length === 0) complaints.add(at, "nobody could call", "name a plan, or leave it out");
  for (const plan of plans) complaints.unknownName(at, "plan", plan, wire.plans);
}

export function checkPointer(at: string, pointer: unknown, complaints: Complaints): void {
  if (typeof pointer === "string" && pointer.startsWith("/")) return;
  complaints.add(at, `"${String(pointer)}" is no JSON pointer`, "write it like /error/code");
}
