// What the callers know: each request that they sent, with what they heard, and each idempotency key with the
// one answer that it has.

import type { Heard } from "./ask.ts";
import type { Payer } from "./home.ts";

export interface Attempt {
  /** The caller's own id for it, which the log keeps. */
  readonly name: string;
  readonly payer: Payer;
  /** What it costs if it is done. */
  readonly credits: number;
  readonly errand: Errand | undefined;
  heard: Heard | undefined;
}

/** A launch that is asked for with one idempotency key until somebody says what became of it. */
export interface Errand {
  readonly key: string;
  readonly payer: Payer;
  readonly credits: number;
  readonly body: string;
  /** The launch, or that there is none to be told. */
  outcome:
    | { readonly kind: "launched"; readonly body: string }
    | { readonly kind: "none" }
    | undefined;
}

export class Notebook {
  readonly attempts: Attempt[] = [];
  readonly errands = new Map<string, Errand>();
  /** Whatever a caller heard that must not be. */
  readonly complaints: string[] = [];
  /** Called in the moment in which a caller hears of its launch. */
  onLaunch: () => void = () => undefined;
  readonly #pending = new Set<Errand>();

  begin(payer: Payer, credits: number, errand?: Errand): Attempt {
    const name = `try-${this.attempts.length}`;
    const attempt: Attempt = { name, payer, credits, errand, heard: undefined };
    this.attempts.push(attempt);
    return attempt;
  }

  /** A new key, not used yet. */
  newErrand(payer: Payer, credits: number, body: string): Errand {
    const key = `errand-${this.errands.size}`;
    const errand: Errand = { key, payer, credits, body, outcome: undefined };
    this.errands.set(key, errand);
    this.#pending.add(errand);
    return errand;
  }

  /** Those that nobody knows the outcome of, the oldest first. */
  pending(): readonly Errand[] {
    return [...this.#pending];
  }

  end(attempt: Attempt, heard: Heard | undefined): void {
    attempt.heard = heard;
    if (heard?.status === 201) this.onLaunch();
    const { errand } = attempt;
    if (errand === undefined || heard?.body === undefined) return;
    if (heard.status === 201) this.#launched(errand, heard.body);
    else if (isUntellable(heard)) this.#untellable(errand);
    else if (heard.status !== 409 && heard.status < 500) {
      this.complaints.push(`${errand.key} was answered ${heard.status} ${heard.body}`);
    }
  }

  #launched(errand: Errand, body: string): void {
    this.#pending.delete(errand);
    if (errand.outcome === undefined) errand.outcome = { kind: "launched", body };
    else if (errand.outcome.kind === "none" || errand.outcome.body !== body) {
      const before = JSON.stringify(errand.outcome);
      this.complaints.push(`${errand.key} was answered ${body} after ${before}`);
    }
  }

  #untellable(errand: Errand): void {
    if (errand.outcome?.kind === "launched") {
      this.complaints.push(`${errand.key} has lost its answer ${errand.outcome.body}`);
    }
    errand.outcome = { kind: "none" };
    this.#pending.delete(errand);
  }
}

/** The first call with this key died before its end: its answer cannot be repeated. */
function isUntellable({ status, body }: Heard): boolean {
  return status === 422 && body?.includes("cannot be repeated") === true;
}
