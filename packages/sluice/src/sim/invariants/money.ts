// A refusal costs nothing, what was done costs what it says, and the books agree with all of it.

import type { LogRow } from "../../gate/index.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Watcher } from "../run/watcher.ts";

const FREE = "a refusal is never charged";
const PRICE = "a call that is done costs its price";
const BOOKS = "the books agree";
const GIVEN_BACK = "the hold of a call that was refused is given back";
const SOON_MS = 1_000;
/** The first audit comes after so many rows, and each after twice as many as the one before: it reads all that there is. */
const FIRST_AUDIT = 100;

export class Money implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  #rows = 0;
  #nextAudit = FIRST_AUDIT;
  /** Requests that were refused, for the end: the ledger must have it that they cost nothing. */
  readonly #refused: string[] = [];
  /** Those whose hold a gate has asked the ledger to end, until their row. */
  readonly #gaveBack = new Set<string>();

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  gaveBack(requestId: string): void {
    this.#gaveBack.add(requestId);
  }

  row(host: Process, row: LogRow): void {
    const { requestId, charged, operation, ending, status, endedAt } = row;
    const isAsked = this.#gaveBack.delete(requestId);
    if (++this.#rows === this.#nextAudit) {
      this.#nextAudit *= 2;
      this.#audit();
    }
    if (ending === "done" && status < 400) {
      const price = this.#world.subject.callees[operation ?? ""]?.fixedCredits;
      if (price !== undefined && charged !== price) this.#checkPrice(row);
      return;
    }
    // What a caller has heard of a stream before it left is paid for.
    if (operation === "tell" && ending === "abandoned") return;
    if (charged > 0) this.#world.broken(FREE, `${requestId}, ${status}: ${charged}`);
    // Where the ledger did not confirm, nobody knows whether it charged: the hold waits for people.
    if (endedAt === "settle") return;
    this.#refused.push(requestId);
    if (this.#stores.ledger.hold(requestId)?.state !== "open") return;
    if (!isAsked) this.#world.broken(GIVEN_BACK, `${requestId} holds credits, and nobody asked`);
    // The undo comes before the row: where it failed once, somebody else ends the hold.
    this.#checkLater(host, requestId);
  }

  atEnd(): void {
    this.#audit();
    for (const requestId of this.#refused) {
      const hold = this.#stores.ledger.hold(requestId);
      if (hold?.state !== "settled" || hold.charged === 0) continue;
      this.#world.broken(FREE, `${requestId} was refused, and the ledger charged ${hold.charged}`);
    }
  }

  /** A hold that ran out under its call (a node's wall clock was set far ahead) is told to the operator, and charges nothing. */
  #checkPrice({ requestId, charged }: LogRow): void {
    if (this.#stores.ledger.hold(requestId)?.state === "expired") return;
    this.#world.broken(PRICE, `${requestId}: ${charged}`);
  }

  #checkLater(host: Process, requestId: string): void {
    const sinceMs = this.#world.nowMs;
    this.#world.clock.after(SOON_MS, () => {
      const { faults } = this.#world;
      // The undo was tried once; where it got lost, the sweeper ends the hold.
      if (faults.wereAny("ledger", host.node, sinceMs - 3 * SOON_MS)) return;
      if (this.#stores.ledger.hold(requestId)?.state !== "open") return;
      this.#world.broken(GIVEN_BACK, `${requestId} still holds credits, ${SOON_MS} ms afterwards`);
    });
  }

  #audit(): void {
    for (const found of this.#stores.ledger.audit()) this.#world.broken(BOOKS, found);
  }
}
