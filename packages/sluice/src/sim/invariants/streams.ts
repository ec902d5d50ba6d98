// An answer that streams costs what it says that it has cost: all of it, or what there was until its caller left. Its last event
// leaves only once that is settled.

import { headerIn } from "../../contract/index.ts";
import type { LogRow } from "../../gate/index.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import { LAST_EVENT } from "../nodes/sim-api.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Process, Watcher } from "../run/watcher.ts";

const USE = "a stream's charge is its use";
const SETTLED = "the last event of a stream leaves only when it is settled";
const NOT_WHOLE = "a stream that breaks off is not taken for whole";

interface Use {
  /** What its latest event says, and the one before. */
  cost: number;
  before: number;
  isWhole: boolean;
}

export class Streams implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  readonly #uses = new Map<string, Use>();
  /** What the last event says that its caller has heard. */
  readonly #heard = new Map<string, number>();

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  streamed(requestId: string, cost: number, isWhole: boolean): void {
    const before = this.#uses.get(requestId)?.cost ?? 0;
    this.#uses.set(requestId, { cost, before, isWhole });
  }

  row(_host: Process, { operation, requestId, charged, ending, endedAt }: LogRow): void {
    if (operation !== "tell" || ending === "replayed") return;
    // Where the ledger did not confirm, nobody knows yet whether it charged: the end shows it.
    if (endedAt === "settle" && charged === 0) return;
    const use = this.#uses.get(requestId);
    const heard = this.#heard.get(requestId) ?? 0;
    if (ending === "abandoned" && charged < heard && !this.#hasRunOut(requestId)) {
      this.#world.broken(USE, `${requestId} was left: ${charged} for ${heard} that were heard`);
    }
    const costs = ending === "done" ? [use?.cost] : ending === "abandoned" ? costsOf(use) : [0];
    if (costs.includes(charged) || this.#hasRunOut(requestId)) return;
    this.#world.broken(USE, `${requestId}, ${ending}: ${charged} for ${costs.join(" or ")}`);
  }

  ended({ operation, answer, isCut, nonce }: Attempt): void {
    if (operation !== "tell" || answer?.status !== 200) return;
    const requestId = headerIn(answer.headers, "x-request-id") ?? "";
    this.#heard.set(requestId, Number(/.*"cost":(\d+)/s.exec(String(answer.body))?.[1] ?? 0));
    if (String(answer.body).includes(`event: ${LAST_EVENT}\n`)) this.#checkSettled(requestId);
    else if (!isCut && !String(answer.body).includes("event: error\n")) {
      this.#world.broken(NOT_WHOLE, `${nonce} got ${answer.body}`);
    }
  }

  /** What no row tells of, as those of processes that died. */
  atEnd(): void {
    for (const [requestId, use] of this.#uses) {
      const hold = this.#stores.ledger.hold(requestId);
      const costs = hold?.state === "settled" ? costsOf(use) : [0];
      if (hold === undefined || costs.includes(hold.charged)) continue;
      const found = `${requestId}, ${hold.state}: ${hold.charged} for ${costs.join(" or ")}`;
      this.#world.broken(USE, found);
    }
  }

  #checkSettled(requestId: string): void {
    const hold = this.#stores.ledger.hold(requestId);
    if (hold === undefined || hold.state === "settled" || hold.state === "expired") return;
    this.#world.broken(SETTLED, `${requestId} is ${hold.state}`);
  }

  /** A node's wall clock was set far ahead: the operator is told, and nothing is charged. */
  #hasRunOut(requestId: string): boolean {
    return this.#stores.ledger.hold(requestId)?.state === "expired";
  }
}

/** The latest event may not have got as far as the gate's count when its caller left. */
function costsOf(use: Use | undefined): readonly (number | undefined)[] {
  return use === undefined ? [0] : [use.cost, use.before, 0].slice(0, use.isWhole ? 2 : 3);
}
