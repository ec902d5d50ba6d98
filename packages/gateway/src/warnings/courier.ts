// Hands warnings over to their receivers: takes what is due, one of each account at a time, signs it, posts it, and writes
// down what came of it. Several couriers on one database share the work; what a dead one had taken comes back.

import type { Clock, Random } from "sluice/base";
import type { GateOptions, OperatorStores, WarningRecord } from "sluice/gate";
import type { Post, Posted } from "./post.ts";
import { prospectOf } from "./schedule.ts";
import { attemptAt, type Receiver, sendSigned } from "./send-once.ts";
import { Trouble } from "./trouble.ts";

export interface CourierOptions {
  readonly stores: Pick<OperatorStores, "directory" | "notices">;
  readonly pepper: GateOptions["pepper"];
  readonly post: Post;
  readonly clock: Clock;
  readonly random: Random;
  /** Hears once that the store fails, and once that it is back. */
  readonly onTrouble: (error: Error | undefined) => void;
}

export interface Courier {
  /** Looks for what is due, now and every few seconds. */
  start(): void;
  /** Something was raised, or may be due. */
  wake(): void;
  /** How many are on their way. */
  readonly underWay: number;
  /** Takes no more. What is on its way has a few seconds to come to its end; then it has failed, and is tried again. */
  close(): Promise<void>;
}

const EVERY_MS = 5_000;
/** Beyond the longest attempt by far: whoever is longer than that is dead. */
const LEASE_MS = 60_000;
const AT_ONCE_MAX = 32;
/** Below what each step of a gateway's end may take. */
const CLOSE_MS = 5_000;
/** Waits before an outcome that the store did not take is told to it again; after the last, the lease runs out. */
const TELL_AGAIN_MS = [500, 2_000, 8_000];

export function createCourier(options: CourierOptions): Courier {
  return new RunningCourier(options);
}

class RunningCourier implements Courier {
  readonly #options: CourierOptions;
  readonly #trouble: Trouble;
  readonly #sending = new Set<Promise<void>>();
  #isOpen = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #cancel: () => void = () => undefined;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#trouble = new Trouble(options.onTrouble);
  }

  get underWay(): number {
    return this.#sending.size;
  }

  start(): void {
    this.#isOpen = true;
    this.wake();
  }

  wake(): void {
    if (!this.#isOpen) return;
    if (this.#looking !== undefined) {
      this.#lookAgain = true;
      return;
    }
    this.#cancel();
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (!this.#isOpen) return;
      if (this.#lookAgain) {
        this.#lookAgain = false;
        this.wake();
      } else this.#cancel = this.#options.clock.after(EVERY_MS, () => this.wake());
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#cancel();
    await this.#looking;
    const { post, clock } = this.#options;
    const giveUp = clock.after(CLOSE_MS, () => void post.close());
    await Promise.all(this.#sending);
    giveUp();
    await post.close();
  }

  async #look(): Promise<void> {
    const { stores, clock } = this.#options;
    const room = AT_ONCE_MAX - this.#sending.size;
    if (room === 0) return;
    const nowMs = clock.wallMs();
    const taken = await this.#asked(() => stores.notices.take(nowMs, nowMs + LEASE_MS, room));
    for (const record of taken ?? []) {
      const sending: Promise<void> = this.#deliver(record).finally(() => {
        this.#sending.delete(sending);
        // The next of that account may go now.
        this.wake();
      });
      this.#sending.add(sending);
    }
  }

  /** Never rejects. */
  async #deliver(record: WarningRecord): Promise<void> {
    const { stores, clock, random } = this.#options;
    const address = await this.#asked(async () => this.#addressOf(record));
    // The store is down: the lease runs out, and it comes back.
    if (address === undefined) return;
    const atMs = clock.wallMs();
    const { refusal } = address;
    const posted = refusal ?? (await sendSigned(this.#options, record, address, atMs));
    const attempt = attemptAt(atMs, address, posted);
    const next =
      refusal === undefined
        ? prospectOf(posted, record.attemptCount + 1, clock.wallMs(), random)
        : ({ state: "given_up" } as const);
    for (const againMs of [...TELL_AGAIN_MS, undefined]) {
      const told = await this.#asked(async () => {
        await stores.notices.attempted(record.id, attempt, next);
        return true;
      });
      if (told === true || againMs === undefined) return;
      await clock.sleep(againMs);
    }
  }

  /** Where the account wants it now, which may not be where it wanted it when the warning was raised. */
  async #addressOf(record: WarningRecord): Promise<Receiver & { readonly refusal?: Posted }> {
    const { directory, notices } = this.#options.stores;
    const { accountId } = record;
    const named = (await directory.account(accountId))?.warnings;
    if (named === undefined) {
      const nowhere = { url: record.url ?? "", secretVersion: 0 };
      return { ...nowhere, refusal: notSent("the account names no address any more") };
    }
    const [gone] = await notices.warnings({ accountId, state: "gone", limit: 1 });
    const last = gone?.attempts.at(-1);
    const isGone = last?.url === named.url && last.secretVersion === named.secretVersion;
    return isGone ? { ...named, refusal: notSent("its receiver answered 410 before") } : named;
  }

  /** Undefined where the store fails, which is told once. */
  async #asked<T>(ask: () => T | Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask();
      this.#trouble.wentWell();
      return answer;
    } catch (error) {
      this.#trouble.failed(error);
      return undefined;
    }
  }
}

function notSent(why: string): Posted {
  return { status: undefined, error: `not sent: ${why}`, retryAfterMs: undefined, durationMs: 0 };
}
