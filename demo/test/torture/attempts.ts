// What the callers know: each request that they sent, with what they heard, and each idempotency key with the
// one answer that it has.

import type { Heard } from "./ask.ts";
import { isDone, toldCredits } from "./hearing.ts";
import type { Payer } from "./home.ts";
import type { Wish } from "./wishes.ts";

export interface Attempt {
  /** The caller's own id for it, which the log keeps. */
  readonly name: string;
  /** The server that was asked. */
  readonly server: string;
  readonly payer: Payer;
  readonly wish: Wish;
  readonly errand: Errand | undefined;
  heard: Heard | undefined;
}

/** What an attempt is, before it is made. */
export type Plan = Omit<Attempt, "name" | "heard">;

/** Work that is asked for with one idempotency key until somebody says what became of it. */
export interface Errand {
  readonly key: string;
  readonly payer: Payer;
  readonly wish: Wish;
  /** Its answer, or that there is none to be told. */
  outcome: { readonly kind: "done"; readonly body: string } | { readonly kind: "none" } | undefined;
}

export class Notebook {
  readonly attempts: Attempt[] = [];
  readonly errands = new Map<string, Errand>();
  /** Whatever a caller heard that must not be. */
  readonly complaints: string[] = [];
  /** Called in the moment in which a caller hears that its work is done. */
  onDone: (attempt: Attempt) => void = () => undefined;
  readonly #pending = new Set<Errand>();

  begin(plan: Plan): Attempt {
    const name = `try-${this.attempts.length}`;
    const attempt: Attempt = { name, ...plan, heard: undefined };
    this.attempts.push(attempt);
    return attempt;
  }

  /** A new key, not used yet. */
  newErrand(payer: Payer, wish: Wish): Errand {
    const key = `errand-${this.errands.size}`;
    const errand: Errand = { key, payer, wish, outcome: undefined };
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
    if (heard === undefined) return;
    const { errand, wish, name } = attempt;
    if (wish.credits > 0 && isDone(attempt)) {
      this.onDone(attempt);
      const told = toldCredits(heard.text) ?? wish.credits;
      if (told !== wish.credits) {
        this.complaints.push(`${name} was told ${told} credits, not ${wish.credits}`);
      }
    }
    if (errand === undefined || heard.body === undefined) return;
    if (heard.replayed || isDone(attempt)) this.#done(errand, heard.body);
    else if (isUntellable(heard)) this.#untellable(errand);
    else if (
      heard.status >= 300 &&
      heard.status !== 409 &&
      heard.status < 500 &&
      !mustWait(heard, wish)
    ) {
      this.complaints.push(`${errand.key} was answered ${heard.status} ${heard.body}`);
    }
  }

  #done(errand: Errand, body: string): void {
    this.#pending.delete(errand);
    const { outcome } = errand;
    // Whoever asks in the moment between a stream's settlement and its end may hear first that it is not told again.
    const isLate = outcome?.kind === "none" && errand.wish.manner === "stream";
    if (outcome === undefined || isLate) errand.outcome = { kind: "done", body };
    else if (outcome.kind === "none" || outcome.body !== body) {
      const before = JSON.stringify(outcome);
      this.complaints.push(`${errand.key} was answered ${body} after ${before}`);
    }
  }

  #untellable(errand: Errand): void {
    this.#pending.delete(errand);
    // A stream is never told again, also when it was heard to its end.
    if (errand.outcome?.kind === "done" && errand.wish.manner === "stream") return;
    if (errand.outcome?.kind === "done") {
      this.complaints.push(`${errand.key} has lost its answer ${errand.outcome.body}`);
    }
    errand.outcome = { kind: "none" };
  }
}

/** The first call with this key died before its end: its answer cannot be repeated. */
function isUntellable({ status, body }: Heard): boolean {
  return status === 422 && body?.includes("cannot be repeated") === true;
}

/** As many jobs run as may. */
function mustWait({ status }: Heard, { manner }: Wish): boolean {
  return status === 429 && manner === "job";
}
