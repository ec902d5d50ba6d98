/** The rate window that is measured: the shortest that counts an operation which can be called at will. */
import { limitFor, type WindowLimit } from "sluice";
import { type CheckAnswer, headerOf } from "../exchange.ts";
import { type Reading, readingOf } from "../reading.ts";
import type { Session } from "../session.ts";

export interface Measured {
  readonly name: string;
  readonly window: WindowLimit;
  readonly limit: number;
  readonly windowMs: number;
  readonly reading: Reading;
}

/** Text where none can be measured: what it would need. */
export async function windowOf(session: Session): Promise<Measured | string> {
  const reading = await readingOf(session);
  if (reading === undefined) {
    return "an operation that reads, costs nothing and answers 2xx to the main key";
  }
  const { wire } = session.target.api;
  const counting = Object.entries(wire.windows)
    .filter(([, { operations }]) => operations?.includes(reading.operation) ?? true)
    .toSorted(([, a], [, b]) => a.windowMs - b.windowMs);
  const [first] = counting;
  if (first === undefined) return `a rate window that counts ${reading.operation}`;
  const [name, window] = first;
  const limit = limitOf(session, window, reading);
  if (limit === undefined) return `--plan <${wire.plans.join(" or ")}>, the plan of the main key`;
  return { name, window, limit, windowMs: window.windowMs, reading };
}

function limitOf({ target }: Session, window: WindowLimit, reading: Reading): number | undefined {
  if (typeof window.limit === "number") return window.limit;
  if (target.plan !== undefined) return limitFor(window.limit, target.plan);
  // What the API says of itself is held to the contract's plans: another number is no plan's.
  const said = reading.exchange.answer && rateHeaders(reading.exchange.answer).limit;
  return Object.values(window.limit).find((limit) => limit === said);
}

export interface RateHeaders {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** Epoch seconds, or seconds from now. */
  readonly reset: { readonly atS: number } | { readonly inS: number } | undefined;
}

export function rateHeaders(answer: CheckAnswer): RateHeaders {
  const draft = headerOf(answer, "RateLimit");
  if (draft !== undefined) {
    const inS = numberIn(draft, /;\s*t=(\d+)/);
    return {
      limit: numberIn(headerOf(answer, "RateLimit-Policy"), /;\s*q=(\d+)/),
      remaining: numberIn(draft, /;\s*r=(\d+)/),
      reset: inS === undefined ? undefined : { inS },
    };
  }
  const whole = (name: string) => numberIn(headerOf(answer, name), /^(\d+)$/);
  const atS = whole("X-RateLimit-Reset");
  return {
    limit: whole("X-RateLimit-Limit"),
    remaining: whole("X-RateLimit-Remaining"),
    reset: atS === undefined ? undefined : { atS },
  };
}

function numberIn(text: string | undefined, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Some windows' worth of waiting, for the four ways in which a window is filled. */
const WINDOWS_WAITED = 9;

/** How long filling it takes, said before it begins. */
export function costInWords({ name, limit, windowMs }: Measured): string {
  const seconds = Math.ceil((WINDOWS_WAITED * windowMs) / 1_000);
  return `fills the window "${name}" of the main key (${limit} in ${windowMs / 1_000} s) five times: about ${5 * limit} requests and ${seconds} s`;
}
