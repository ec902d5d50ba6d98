/**
 * What was thrown lately, by call: SDKs try again whatever their `fetch` throws, and only an answer could tell them not
 * to. Their next try gets the same error, without being sent.
 */
import type { Clock } from "../base/index.ts";
import type { LogicalCall } from "./call/logical-call.ts";

/** SDKs wait a few seconds at most before they try again. */
const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;

interface Kept {
  readonly error: unknown;
  readonly untilMs: number;
}

export class ThrownLately {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(call: LogicalCall, error: unknown): void {
    const name = nameOf(call);
    this.#kept.delete(name);
    this.#kept.set(name, { error, untilMs: this.#clock.monotonicMs() + KEPT_MS });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
  }

  find(call: LogicalCall): unknown {
    const kept = this.#kept.get(nameOf(call));
    return kept !== undefined && this.#clock.monotonicMs() < kept.untilMs ? kept.error : undefined;
  }
}

const BODY_CHARS_MAX = 500;

/** Bodies count, as far as need be: two calls to one address are two calls. */
function nameOf({ method, url, body }: LogicalCall): string {
  const said = typeof body === "string" ? `${body.length} ${body.slice(0, BODY_CHARS_MAX)}` : "";
  return `${method} ${url} ${said}`;
}
