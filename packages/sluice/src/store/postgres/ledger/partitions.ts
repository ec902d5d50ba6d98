// Several batches at once, each of other accounts: an account's commands keep to one connection, where they queue in
// memory and not for its row.

import type { Clock } from "../../../base/index.ts";
import { type BatchEngine, type Batcher, createBatcher } from "../../batch/index.ts";

export interface PartitionOptions<Command, Value> {
  readonly engine: BatchEngine<Command, Value>;
  readonly count: number;
  readonly batchMax: number;
  readonly queueMax: number;
  readonly stallMs: number;
  readonly clock: Clock;
}

/** Open holds whose account is known here. Another one's commands are right too, only slower. */
const knownHoldsMax = 100_000;

export class Partitions<Command, Value> {
  readonly #batchers: readonly Batcher<Command, Value>[];
  readonly #ofHold = new Map<string, number>();

  constructor({ engine, count, ...options }: PartitionOptions<Command, Value>) {
    this.#batchers = Array.from({ length: count }, () => createBatcher({ engine, ...options }));
  }

  ofAccount(accountId: string): number {
    return hashOf(accountId) % this.#batchers.length;
  }

  /** Where its reservation went; for a stranger's, anywhere, but always the same. */
  ofHold(holdId: string): number {
    return this.#ofHold.get(holdId) ?? hashOf(holdId) % this.#batchers.length;
  }

  /** A reservation goes there now. */
  remember(holdId: string, partition: number): void {
    if (this.#batchers.length === 1) return;
    this.#ofHold.set(holdId, partition);
    if (this.#ofHold.size <= knownHoldsMax) return;
    for (const oldest of this.#ofHold.keys()) {
      this.#ofHold.delete(oldest);
      return;
    }
  }

  forget(holdId: string): void {
    this.#ofHold.delete(holdId);
  }

  submit(partition: number, command: Command): Promise<Value> {
    return (this.#batchers[partition] as Batcher<Command, Value>).submit(command);
  }

  /** One answer of each, for what is asked of all accounts. */
  submitToAll(command: Command): Promise<readonly Value[]> {
    return Promise.all(this.#batchers.map((batcher) => batcher.submit(command)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#batchers.map((batcher) => batcher.close()));
  }
}

/** FNV-1a, so that each process puts an account in the same place. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
