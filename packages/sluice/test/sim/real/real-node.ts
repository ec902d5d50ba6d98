// A node of real parts: a gate behind `node:http` on loopback, its limits in a real Redis behind a proxy that can hang, the
// machine's own clock. Only what a run's faults are about is between it and its stores. Killed, it falls silent, as a process
// does.

import { createServer, type Server } from "node:http";
import { Redis } from "ioredis";
import { createNodeListener } from "../../../src/adapter/node.ts";
import { systemClock } from "../../../src/base/index.ts";
import { createGate, type Gate } from "../../../src/gate/index.ts";
import type { Ledger } from "../../../src/gate/stores.ts";
import { JobShop } from "../../../src/sim/nodes/job-shop.ts";
import { PEPPER } from "../../../src/sim/nodes/people.ts";
import { simDigests } from "../../../src/sim/nodes/sim-digests.ts";
import { simWork } from "../../../src/sim/nodes/sim-work.ts";
import type { SimWorld } from "../../../src/sim/run/sim-world.ts";
import type { MemoryDirectory, MemoryLedger } from "../../../src/store/memory/index.ts";
import { MemoryRequestLog } from "../../../src/store/memory/index.ts";
import { createRedisLimits } from "../../../src/store/redis/index.ts";

export interface RealStores {
  readonly directory: MemoryDirectory;
  readonly ledger: MemoryLedger;
  /** Where the Redis of all nodes is, or the proxy before it. */
  readonly redisPort: number;
  /** Its keys are nobody else's. */
  readonly prefix: string;
  /** What the ledger does now instead of its work. */
  ledgerFault: "refused" | undefined;
}

/** One life of a process. */
interface Life {
  isDead: boolean;
  readonly server: Server;
  readonly redis: Redis;
  readonly stop: () => void;
}

const SWEEP_MS = 5_000;

export class RealNode {
  readonly #world: SimWorld;
  readonly #stores: RealStores;
  readonly #node: number;
  #life: Life | undefined;
  #lives = 0;
  port = 0;

  constructor(world: SimWorld, stores: RealStores, node: number) {
    this.#world = world;
    this.#stores = stores;
    this.#node = node;
  }

  async start(): Promise<void> {
    if (this.#life !== undefined) return;
    const name = `node ${this.#node}.${this.#lives++}`;
    const redis = new Redis({
      port: this.#stores.redisPort,
      retryStrategy: () => 20,
      autoResendUnfulfilledCommands: false,
    });
    redis.on("error", () => undefined);
    const life = { isDead: false };
    const gate = this.#createGate(name, redis, life);
    const server = createServer(createNodeListener(gate));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    const address = server.address();
    if (address !== null && typeof address === "object") this.port = address.port;
    this.#life = Object.assign(life, { server, redis, stop: gate.sweeper.start(SWEEP_MS) });
  }

  /** From now on nobody hears anything of it, and whoever connects is refused. */
  kill(): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#life = undefined;
    life.isDead = true;
    life.stop();
    life.server.close();
    life.server.closeAllConnections();
    life.redis.disconnect();
  }

  #createGate(name: string, redis: Redis, life: { readonly isDead: boolean }): Gate {
    const { scenario } = this.#world;
    const { deadlineMs, leaseMs } = scenario.limits;
    const { directory, ledger, prefix } = this.#stores;
    const random = this.#world.random(name);
    const settings = { client: redis, prefix, deadlineMs, leaseMs };
    const limits = createRedisLimits({
      ...settings,
      random: this.#world.random(`limits of ${name}`),
    });
    const host = { name, node: this.#node, isAlive: true };
    const log = new MemoryRequestLog();
    return createGate(this.#world.subject.api, {
      stores: { directory, limits, ledger: this.#far(ledger, life), log },
      upstream: simWork(this.#world, host, new JobShop(this.#world, () => []), (ms) =>
        systemClock.sleep(ms),
      ),
      pepper: PEPPER,
      random,
      digests: simDigests,
      onEvent: () => undefined,
    });
  }

  /** The ledger as something that has to be reached, and cannot be by the dead. */
  #far(ledger: Ledger, life: { readonly isDead: boolean }): Ledger {
    const stores = this.#stores;
    return new Proxy(ledger, {
      get(target, name) {
        if (name === "isShared") return true;
        const own: unknown = Reflect.get(target, name);
        if (typeof own !== "function") return own;
        return async (...args: unknown[]) => {
          if (life.isDead) return new Promise(() => undefined);
          await systemClock.sleep(0);
          if (stores.ledgerFault === "refused") throw new Error("the ledger refuses");
          return own.apply(target, args) as unknown;
        };
      },
    });
  }
}
