// What may grow has a bound: a batch for the server of the limits, look-ups of one key, and the calls that a client of ours has
// on their way at once.

import type { ShardCommand } from "../../store/redis/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Process, Watcher } from "../run/watcher.ts";

const BATCH = "a batch holds no more than its bound";
const AT_ONCE = "our client has no more calls on their way than its bound";
const LOOK_UPS = "a key is looked up once, however many ask for it at once";
/** One more for each change that is heard of while the first waits, which may be two polls long. */
const LOOK_UPS_MAX = 4;
/** As `store/redis/limits/lane.ts` has it. */
const BATCH_MAX = 128;
/** As the defaults of the client's queue have it. */
const AT_ONCE_MAX = 64;

export class Bounds implements Watcher {
  readonly #world: SimWorld;
  /** By caller: attempts that are on their way. */
  readonly #onTheirWay = new Map<string, number>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  batched(host: Process, batch: readonly ShardCommand[]): void {
    if (batch.length <= BATCH_MAX) return;
    this.#world.broken(BATCH, `${batch.length} of ${BATCH_MAX}, of ${host.name}`);
  }

  lookedUp(host: Process, atOnce: number): void {
    if (atOnce <= LOOK_UPS_MAX) return;
    this.#world.broken(LOOK_UPS, `${host.name} asks for one ${atOnce} times at once`);
  }

  tried({ isOwnClient, caller }: Attempt): void {
    if (!isOwnClient) return;
    const count = (this.#onTheirWay.get(caller) ?? 0) + 1;
    this.#onTheirWay.set(caller, count);
    if (count <= AT_ONCE_MAX) return;
    this.#world.broken(AT_ONCE, `${caller} has ${count} of ${AT_ONCE_MAX}`);
  }

  ended({ isOwnClient, caller }: Attempt): void {
    if (!isOwnClient) return;
    this.#onTheirWay.set(caller, (this.#onTheirWay.get(caller) ?? 0) - 1);
  }
}
