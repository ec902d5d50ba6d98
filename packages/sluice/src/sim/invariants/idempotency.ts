// What is repeated with its key is done once and charged once; a replay takes nothing; and a key never leads to another call's
// answer.

import type { Call, LogRow } from "../../gate/index.ts";
import type { Reservation, Reserved } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const ONCE = "what is sent with one key is charged once";
const ONE = "a key that is known leads to no second hold";
const REPLAY = "a replay takes nothing";

export class Idempotency implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  /** By account, operation and key: every request that came with it. */
  readonly #requests = new Map<string, Set<string>>();

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  reserved({ holdId, idempotency }: Reservation, { kind }: Reserved): void {
    if (idempotency === undefined) return;
    const { accountId, operation, key } = idempotency;
    const requests = this.#of(accountId, operation, key);
    if (kind === "held") this.#checkFirst(key, requests, holdId);
    requests.add(holdId);
  }

  row(_host: Process, row: LogRow, call: Call): void {
    const { requestId, accountId, operation, ending, charged } = row;
    const key = call.header("idempotency-key");
    if (key === undefined || accountId === undefined || operation === undefined) return;
    this.#of(accountId, operation, key).add(requestId);
    if (ending !== "replayed") return;
    const hold = this.#stores.ledger.hold(requestId);
    if (charged === 0 && (hold === undefined || hold.charged === 0)) return;
    this.#world.broken(REPLAY, `${requestId}: ${charged}, its hold is ${hold?.state}`);
  }

  atEnd(): void {
    for (const [name, requests] of this.#requests) {
      const charged = [...requests].filter(
        (requestId) => (this.#stores.ledger.hold(requestId)?.charged ?? 0) > 0,
      );
      if (charged.length > 1) this.#world.broken(ONCE, `${name}: ${charged.join(", ")}`);
    }
  }

  /** Only a hold that was given back leaves its key to another. */
  #checkFirst(key: string, requests: ReadonlySet<string>, holdId: string): void {
    for (const earlier of requests) {
      const state = this.#stores.ledger.hold(earlier)?.state;
      if (earlier === holdId || state === undefined || state === "released") continue;
      this.#world.broken(ONE, `${key}: ${holdId}, after ${earlier}, which is ${state}`);
    }
  }

  #of(accountId: string, operation: string, key: string): Set<string> {
    const name = `${accountId} ${operation} ${key}`;
    const known = this.#requests.get(name) ?? new Set();
    this.#requests.set(name, known);
    return known;
  }
}
