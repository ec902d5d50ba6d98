/** What must be true of the contract and its surroundings together. */
import { type AnyApi, type Complaints, type PathPattern, parsePattern } from "sluice";
import { refuseApis } from "../admin/apis-beside.ts";
import type { Secret } from "../caller/sign.ts";
import type { ApiSettings, OpenPathSettings } from "../settings.ts";
import type { Config, OpenPathConfig } from "./config.ts";
import { durationMs } from "./written.ts";

/** The upstream of each operation that does not go to the first. */
export function routesFrom(
  upstreams: Config["upstreams"],
  operations: readonly string[],
  complaints: Complaints,
): Record<string, string> {
  const named = new Map<string, string>();
  const [first] = Object.keys(upstreams);
  for (const [upstream, { operations: own = [] }] of Object.entries(upstreams)) {
    for (const [index, operation] of own.entries()) {
      const at = `upstreams.${upstream}.operations.${index}`;
      complaints.unknownName(at, "operation", operation, operations);
      const other = named.get(operation);
      if (other !== undefined) {
        complaints.add(at, `upstreams.${other} answers ${operation} already`, "name it once");
      }
      named.set(operation, upstream);
    }
  }
  return Object.fromEntries([...named].filter(([, upstream]) => upstream !== first));
}

const OPEN = /^(?:(GET|POST|PUT|PATCH|DELETE|OPTIONS) )?(\/\S*)$/;

export function openPathsFrom(
  paths: Config["open"] = [],
  upstreams: readonly string[],
  complaints: Complaints,
): OpenPathSettings[] {
  const open: OpenPathSettings[] = [];
  const taken: { readonly method: string | undefined; readonly shape: string }[] = [];
  for (const [index, one] of paths.entries()) {
    const written: OpenPathConfig = typeof one === "string" ? { path: one } : one;
    const { path: text, upstream, upgrades } = written;
    const upgradedMsMax = durationMs(written.deadline);
    const at = `open.${index}`;
    const [, method, path] = OPEN.exec(text) ?? [];
    const pattern =
      path === undefined ? "it is a path, or a method and a path" : parsePattern(path);
    if (path === undefined || typeof pattern === "string") {
      complaints.add(at, `"${text}": ${pattern}`, 'write it like "GET /health" or "/docs/{rest*}"');
      continue;
    }
    if (upstream !== undefined) {
      complaints.unknownName(`${at}.upstream`, "upstream", upstream, upstreams);
    }
    if (upgrades !== undefined && method !== undefined && method !== "GET") {
      complaints.add(`${at}.upgrades`, `a ${method} cannot be upgraded`, "leave it out");
    }
    if (upgradedMsMax !== undefined && upgrades === undefined) {
      const advice = 'add upgrades: "websocket", or leave it out';
      complaints.add(`${at}.deadline`, "bounds WebSockets, and none is allowed", advice);
    }
    const shape = shapeOf(pattern);
    const before = taken.findIndex(
      (other) => other.shape === shape && (other.method ?? method) === method,
    );
    if (before >= 0) {
      complaints.add(
        at,
        `never reached: open.${before} takes these requests`,
        "remove one of them",
      );
    }
    taken.push({ method, shape });
    open.push({
      path,
      ...(method && { method }),
      ...(upstream !== undefined && { upstream }),
      ...(upgrades && { upgrades }),
      ...(upgradedMsMax !== undefined && { upgradedMsMax }),
    });
  }
  return open;
}

/** Two patterns of one shape take the same paths. */
function shapeOf({ segments }: PathPattern): string {
  return segments
    .map(({ text, param, isRest }) => (isRest ? "{*}" : param ? "{}" : text))
    .join("/");
}

/** An open path that takes requests of an operation would let them pass without key, limit and price. */
export function checkShadows(
  open: readonly OpenPathSettings[],
  api: AnyApi,
  complaints: Complaints,
): void {
  for (const [index, { method, path }] of open.entries()) {
    const mine = parsePattern(path);
    for (const [name, operation] of Object.entries(api.wire.operations)) {
      if (method !== undefined && method !== operation.method) continue;
      const theirs = parsePattern(`${api.wire.basePath}${operation.path}`);
      if (typeof mine === "string" || typeof theirs === "string" || !meet(mine, theirs)) continue;
      complaints.add(
        `open.${index}`,
        `requests of the operation ${name} (${operation.method} ${theirs.text}) would pass without a key`,
        "narrow the open path, or remove the operation",
      );
    }
  }
}

/** Accounts may be on any plan of the contract in force, and a shadow must know what each may. */
export function checkShadowPlans(api: AnyApi, shadow: AnyApi, complaints: Complaints): void {
  const missing = Object.keys(api.server.plans).filter(
    (plan) => !Object.hasOwn(shadow.server.plans, plan),
  );
  if (missing.length === 0) return;
  const advice = "give it the plan as it shall be, so that its accounts can be judged";
  complaints.add(
    "shadow.plans",
    `the plan ${missing.join(", ")} of the contract is missing`,
    advice,
  );
}

/** Whether some path fits both patterns. */
export function meet(a: PathPattern, b: PathPattern, from = 0): boolean {
  const [x, y] = [a.segments[from], b.segments[from]];
  if (x?.isRest || y?.isRest) return true;
  if (x === undefined || y === undefined) return x === y;
  const differ = x.param === undefined && y.param === undefined && x.text !== y.text;
  return !differ && meet(a, b, from + 1);
}

export function checkUpstreamsUsed(
  { api, upstreams, routes, open }: ApiSettings,
  complaints: Complaints,
): void {
  const [first, ...others] = Object.keys(upstreams);
  const isFirstUsed =
    Object.keys(api.wire.operations).some((name) => routes[name] === undefined) ||
    open.some(({ upstream }) => upstream === undefined);
  const used = new Set([...Object.values(routes), ...open.map(({ upstream }) => upstream)]);
  if (isFirstUsed) used.add(first);
  for (const name of [first, ...others]) {
    if (name === undefined || used.has(name)) continue;
    complaints.add(
      `upstreams.${name}`,
      "no operation and no open path goes there",
      "give it operations: [ … ], or remove it",
    );
  }
}

/** Tokens of the admin API and keys of this one must never be taken for each other. */
export function checkBesideAdmin(api: AnyApi, complaints: Complaints): void {
  const wrong = refuseApis([api]);
  if (wrong === undefined) return;
  complaints.add("contract", wrong.what, `${wrong.advice}, or write admin: false and no portal`);
}

/** Somebody must be able to say that a job has ended, and to be believed. */
export function checkJobs(api: AnyApi, secrets: readonly Secret[], complaints: Complaints): void {
  const operations = Object.entries(api.server.operations);
  const job = operations.find(([, { detaches }]) => detaches !== undefined);
  if (secrets.length > 0 || job === undefined) return;
  complaints.add(
    "secrets.caller",
    `the operation ${job[0]} starts jobs, and nobody could report their end: reports are signed`,
    'add caller: [{ id: "1", secret: { env: "SLUICE_CALLER_SECRET" } }]',
  );
}
