// What an invariant sees of a run: each moment as a call. A watcher listens to those that it needs.

import type { Answer, LogRow } from "../../gate/index.ts";
import type { Admission, Admitted, LimitRefused, SlotClaim } from "../../gate/stores.ts";
import type { Command, CommandAnswer, ShardCommand } from "../../store/redis/index.ts";
import type { EndedCall } from "../onlooker.ts";

/** One life of a gate process: a node that was started again is another one. */
export interface Process {
  readonly name: string;
  readonly node: number;
  readonly isAlive: boolean;
}

/** An admission that can be followed from the gate to the server and back. */
export interface Ticketed extends Admission {
  readonly ticket: number;
}

export type Verdict = Admitted | LimitRefused;

/** One request of a caller, and what came of it. */
export interface Attempt {
  readonly caller: string;
  readonly group: string;
  readonly isOwnClient: boolean;
  readonly keyId: string;
  readonly accountId: string;
  readonly operation: string;
  /** One for each call; its attempts share it. */
  readonly nonce: string;
  readonly sentMs: number;
  /** The process that got it, once one has. */
  host: Process | undefined;
  arrivedMs: number;
  answeredMs: number;
  /** Undefined where none came: what happened instead. */
  answer: Answer | undefined;
  code: string | undefined;
}

export interface Watcher {
  /** A gate asks whether a call may pass. */
  asked?(host: Process, admission: Ticketed): void;
  /** A batch leaves for the server of the limits. */
  batched?(host: Process, batch: readonly ShardCommand[]): void;
  /** The question leaves with it. */
  sent?(host: Process, admission: Ticketed): void;
  /** The server decided, by its own clock. */
  counted?(host: Process, admission: Ticketed, verdict: Verdict, engineMs: number): void;
  /** It did anything else that it was asked to. */
  done?(host: Process, command: Command, answer: CommandAnswer, engineMs: number): void;
  /** The gate hears; undefined: that there is no decision. */
  told?(host: Process, admission: Ticketed, verdict: Verdict | undefined): void;
  /** The gate gives slots of a call back. */
  released?(host: Process, claim: SlotClaim): void;
  /** The server lost what it counted last, or its clock was set. */
  serverChanged?(how: "failover" | "clock_step"): void;
  /** Work is begun for a request of a call. */
  ran?(host: Process, requestId: string, accountId: string, call: string): void;
  /** The row of an answer. */
  row?(host: Process, row: LogRow): void;
  /** An attempt leaves its caller. */
  tried?(attempt: Attempt): void;
  /** A call is over for its caller, with all its attempts. */
  called?(call: EndedCall): void;
  /** An attempt is over for its caller. */
  ended?(attempt: Attempt): void;
  /** The directory has it that a key is ended. */
  revoked?(keyId: string): void;
  died?(host: Process): void;
  /** Every call is over, and no fault is left. */
  atEnd?(): void;
}

/** Every moment, with nothing left out. */
export type Moments = { readonly [Name in keyof Watcher]-?: NonNullable<Watcher[Name]> };

const NAMES: readonly (keyof Watcher)[] = [
  "asked",
  "batched",
  "sent",
  "counted",
  "done",
  "told",
  "released",
  "serverChanged",
  "ran",
  "row",
  "tried",
  "called",
  "ended",
  "revoked",
  "died",
  "atEnd",
];

/** Tells all watchers of each moment, in their order. */
export function tellAll(watchers: readonly Watcher[]): Moments {
  const moments: Record<string, (...args: unknown[]) => void> = {};
  for (const name of NAMES) {
    const listening = watchers.filter((watcher) => watcher[name] !== undefined);
    moments[name] = (...args) => {
      for (const watcher of listening) (watcher[name] as (...told: unknown[]) => void)(...args);
    };
  }
  return moments as unknown as Moments;
}
