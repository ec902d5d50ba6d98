// The API that is called in a run, and what the world must know of it: how each operation is asked for, and what does its work.

import type { Random } from "../../base/index.ts";
import type { ClientOptions } from "../../client/index.ts";
import type { AnyApi, InputExample } from "../../contract/index.ts";
import type { WorkDone } from "../../gate/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";

export interface Subject {
  readonly api: AnyApi;
  readonly callees: Readonly<Record<string, Callee>>;
  readonly limitsDown: "open" | "local" | "closed";
  /** Granted to each account at the beginning. */
  readonly credits: number;
  /** A key of its own for each probe: else a probe waits until windows are empty. @default false */
  readonly hasProbers: boolean;
  /** Reads, and costs nothing if that can be. */
  readonly probed: string;
  /** After so long without calls every window is empty. */
  readonly windowsMs: number;
  /** The longest that the work of an operation may take. */
  readonly deadlineMs: number;
  planOf(group: AnyGroup): string;
  /** The operation of a group's next call. */
  draw(group: AnyGroup, random: Random): string;
  /** What our client is made with, for a group. */
  clientOf(group: AnyGroup): Partial<ClientOptions>;
}

/** An operation as callers of a run use it. */
export interface Callee {
  readonly method: string;
  /** For our client, which makes a request of it by itself. */
  readonly input: InputExample;
  /** Base path, path and query, for other people's clients. */
  readonly target: string;
  readonly body: string | undefined;
  /** Its work may take long. */
  readonly hasSlot: boolean;
  /** What each call costs, where that is always the same. */
  readonly fixedCredits: number | undefined;
  /** What a call will cost, for an operation that says so first. */
  readonly quotedCredits: number;
  /** An answer that shows whose it is, and which. */
  answer(call: string, accountId: string, random: Random): WorkDone;
}
