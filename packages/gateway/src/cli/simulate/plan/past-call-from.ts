// A row of a log, as a line of JSON or the cells of a CSV, read into what a replay takes; or what is wrong with it.

import { STEPS } from "sluice";
import type { PastCall } from "sluice/sim";

type Name = keyof PastCall;

/** The columns of a CSV, by the names of its first line. */
export const csvColumns: Readonly<Record<string, Name>> = {
  at: "atMs",
  account: "accountId",
  status: "status",
  operation: "operation",
  method: "method",
  path: "path",
  key: "keyId",
  plan: "plan",
  duration_ms: "durationMs",
  charged: "charged",
  held: "held",
  credits_remaining: "creditsRemaining",
  code: "code",
  condition: "condition",
  ending: "ending",
  ended_at: "endedAt",
  api: "api",
  by: "by",
  request_id: "requestId",
  simulated: "simulated",
  degraded: "degraded",
};

const NUMBERS: ReadonlySet<string> = new Set<Name>([
  ...(["durationMs", "charged", "held", "creditsRemaining", "retryAfterMs"] as const),
]);
const NAMES: ReadonlySet<string> = new Set<Name>([...Object.values(csvColumns), "retryAfterMs"]);
const ENDINGS: readonly string[] = ["done", "refused", "fault", "replayed", "abandoned"];
const TEXT_MAX = 2_048;

/** `kind` is `none` for what is no request of an account: there is nothing to judge. */
export type Read =
  | { readonly kind: "call"; readonly call: PastCall }
  | { readonly kind: "none" }
  | { readonly kind: "bad"; readonly what: string };

const bad = (what: string): Read => ({ kind: "bad", what });

/** By the names of the admin API, or of the lines that a gateway writes. */
export function fromJson(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return bad("is no object");
  }
  const row = value as Readonly<Record<string, unknown>>;
  // A gateway writes lines on other things, too.
  if ("msg" in row && row["msg"] !== "request") return { kind: "none" };
  return fromNamed({ ...row, atMs: row["atMs"] ?? row["time"] });
}

/** @param names of the cells; undefined for those that nobody reads */
export function fromCells(cells: readonly string[], names: readonly (Name | undefined)[]): Read {
  if (cells.length !== names.length) {
    return bad(`has ${cells.length} cells, and the first line has ${names.length}`);
  }
  const row: Record<string, unknown> = {};
  for (const [at, name] of names.entries()) {
    const cell = cells[at] ?? "";
    if (name === undefined || cell === "") continue;
    row[name] = cellValue(name, cell);
  }
  return fromNamed(row);
}

function cellValue(name: Name, cell: string): unknown {
  if (name === "simulated") return cell === "true" ? true : cell === "false" ? false : cell;
  const isNumber = name === "status" || NUMBERS.has(name) || name === "atMs";
  return isNumber && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

function fromNamed(row: Readonly<Record<string, unknown>>): Read {
  const { accountId } = row;
  if (accountId === null || accountId === undefined) return { kind: "none" };
  const call: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined || !NAMES.has(name)) continue;
    const wrong = wrongWith(name, value);
    if (wrong !== undefined) return bad(wrong);
    call[name] = value;
  }
  const atMs = momentOf(row["atMs"]);
  if (atMs === undefined) return bad(`has no time that can be read: ${shown(row["atMs"])}`);
  if (call["status"] === undefined) return bad("has no status");
  if (call["operation"] === undefined && call["path"] === undefined) {
    return bad("has neither an operation nor a path");
  }
  return { kind: "call", call: { ...call, atMs } as unknown as PastCall };
}

/** Milliseconds since 1970, or a moment as ISO 8601 writes it. */
function momentOf(value: unknown): number | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : value;
  return typeof ms === "number" && Number.isFinite(ms) && ms >= 0 ? Math.floor(ms) : undefined;
}

function wrongWith(name: string, value: unknown): string | undefined {
  if (name === "atMs") return undefined;
  if (name === "status") {
    const isStatus = Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
    return isStatus ? undefined : `has the status ${shown(value)}`;
  }
  if (name === "simulated") {
    return typeof value === "boolean" ? undefined : `has ${name} ${shown(value)}`;
  }
  if (NUMBERS.has(name)) {
    const isCount = typeof value === "number" && Number.isFinite(value) && value >= 0;
    const isWhole = name === "durationMs" || Number.isSafeInteger(value);
    return isCount && isWhole ? undefined : `has ${name} ${shown(value)}`;
  }
  if (typeof value !== "string" || value.length > TEXT_MAX) return `has ${name} ${shown(value)}`;
  const among = name === "ending" ? ENDINGS : name === "endedAt" ? STEPS : undefined;
  if (among === undefined || among.some((one) => one === value)) return undefined;
  return `has ${name} ${shown(value)}: it is one of ${among.join(", ")}`;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 40);
}
