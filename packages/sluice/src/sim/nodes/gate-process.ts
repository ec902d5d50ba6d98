// One life of a gate process: the production gate and the production way to the limits, over a world's stores. What kills it
// silences its clock and cuts its connections at once, whatever it was waiting for.

import type { Random } from "../../base/index.ts";
import type { AnyApi } from "../../contract/index.ts";
import {
  type Answer,
  type Answers,
  createGate,
  type Directory,
  type Gate,
  isAnswerStream,
  type JobEnded,
  type JobOutcome,
} from "../../gate/index.ts";
import type { Ledger } from "../../gate/stores.ts";
import { startChangePoll, Watchers } from "../../store/changes/index.ts";
import { DistantLimits } from "../../store/redis/index.ts";
import type { Holder } from "../engines/limits-link.ts";
import { LimitsLink } from "../engines/limits-link.ts";
import { StoreLink } from "../engines/store-link.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { FarLog } from "./far-log.ts";
import type { JobShop } from "./job-shop.ts";
import { andNote } from "./kept-stores.ts";
import { NodeClock } from "./node-clock.ts";
import { PEPPER } from "./people.ts";
import { DIRECTORY_METHODS, LEDGER_METHODS, type SharedStores } from "./shared-stores.ts";
import type { SimCall } from "./sim-call.ts";
import { simDigests } from "./sim-digests.ts";
import { simWork } from "./sim-work.ts";
import { WatchedLimits } from "./watched-limits.ts";

/** So often a node asks what was changed in the directory. */
const POLL_MS = 1_000;
const SWEEP_MS = 5_000;
const RESTORE_AGAIN_MS = 1_000;

export class GateProcess implements Holder {
  readonly name: string;
  readonly node: number;
  readonly gate: Gate;
  readonly clock: NodeClock;
  readonly #world: SimWorld;
  readonly #limits: DistantLimits;
  readonly #stops: (() => void)[] = [];
  #isAlive = true;
  /** It dies at the so-manieth message from now on. */
  #messagesLeft = Number.POSITIVE_INFINITY;
  /** Whoever waits for an answer, to be told that the connection broke. A list: tables that shrink and grow all the time keep
   * what was in them from the collector, each by the one before it. */
  readonly #connections: (() => void)[] = [];

  constructor(
    world: SimWorld,
    stores: SharedStores,
    place: {
      readonly node: number;
      readonly life: number;
      readonly driftPpm: number;
      readonly wallOffsetMs: () => number;
    },
    shop: JobShop,
  ) {
    this.#world = world;
    this.node = place.node;
    this.name = `node ${place.node}.${place.life}`;
    const random = world.random(this.name);
    const { driftPpm, wallOffsetMs } = place;
    const startsAtMs = random.integer(1_000_000);
    this.clock = new NodeClock(world.clock, { driftPpm, startsAtMs, wallOffsetMs });
    const { deadlineMs, leaseMs } = world.scenario.limits;
    const engine = new LimitsLink(world, stores.limits, this);
    // Of its own: when probes go is then not a matter of how many ids were made before.
    const chance = world.random(`limits of ${this.name}`);
    const settings = { engine, deadlineMs, leaseMs, clock: this.clock };
    this.#limits = new DistantLimits({ ...settings, random: chance });
    this.gate = this.#createGate(stores, random, shop);
    this.#stops.push(this.gate.sweeper.start(SWEEP_MS));
    // As the gateway begins, where there may be jobs of those before it.
    if (place.life > 0 && world.subject.hasJobs) this.#restore();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  passes(): boolean {
    if (this.#isAlive && --this.#messagesLeft < 0) this.die();
    return this.#isAlive;
  }

  /** A request, with whoever hears that the connection broke. */
  async receive(call: SimCall, onBroken: () => void): Promise<Answer | undefined> {
    if (!this.passes()) {
      onBroken();
      return undefined;
    }
    this.#connections.push(onBroken);
    const answer = await this.gate.handle(call);
    if (!this.passes()) return undefined;
    if (!isAnswerStream(answer.body)) this.hangUp(onBroken);
    return answer;
  }

  /** All has been said on that connection. */
  hangUp(onBroken: () => void): void {
    const at = this.#connections.indexOf(onBroken);
    if (at >= 0) this.#connections.splice(at, 1);
  }

  /** Whoever did the work of a job tells how it ended. Rejects where the connection breaks. */
  hear(jobId: string, outcome: JobOutcome): Promise<JobEnded> {
    return new Promise((resolve, reject) => {
      const onBroken = () => reject(new Error("the process has died"));
      if (!this.passes()) {
        onBroken();
        return;
      }
      this.#connections.push(onBroken);
      const hangUp = (tell: () => void) => {
        if (!this.passes()) return;
        this.hangUp(onBroken);
        tell();
      };
      this.gate.jobs.end(jobId, outcome).then(
        (ended) => hangUp(() => resolve(ended)),
        (error: unknown) => hangUp(() => reject(error)),
      );
    });
  }

  dieAfter(messages: number): void {
    this.#messagesLeft = messages;
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#world.note("died", this.name);
    this.clock.silence();
    for (const stop of this.#stops) stop();
    this.#world.moments.died(this);
    for (const onBroken of this.#connections.splice(0)) onBroken();
  }

  #restore(): void {
    this.gate.jobs.restore().then(
      () => undefined,
      () => {
        // It would be started again by whoever started it.
        if (this.#isAlive) this.clock.after(RESTORE_AGAIN_MS, () => this.#restore());
      },
    );
  }

  /** Stops as a process does that is told to: gives back what it holds. */
  close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.gate.close();
    return this.#limits.close();
  }

  #createGate(stores: SharedStores, random: Random, shop: JobShop): Gate {
    const { moments } = this.#world;
    return createGate(this.#world.subject.api, {
      stores: {
        directory: this.#directory(stores),
        limits: new WatchedLimits(this.#limits, this.#world, this, stores.nextTicket),
        ledger: this.#ledger(stores),
        log: new FarLog(this.#world, this, this.clock),
      },
      answers: unaskedAnswers(this.#world.subject.api),
      upstream: simWork(this.#world, this, shop, (ms) => this.clock.sleep(ms)),
      pepper: PEPPER,
      clock: this.clock,
      random,
      digests: simDigests,
      onEvent: (event) => this.#world.note(event.kind, this.name),
      onAnswer: (row, call) => {
        this.#world.note("answered", row.requestId, row.status);
        moments.row(this, { ...row }, call);
      },
    });
  }

  #ledger({ asked: { ledger } }: SharedStores): Ledger {
    const link = new StoreLink(this.#world, "ledger", this);
    const { reserved, gaveBack } = this.#world.moments;
    const watched = overlay<Ledger>(ledger, {
      reserve: (reservation, nowMs) => {
        return andNote(ledger.reserve(reservation, nowMs), (answer) =>
          reserved(reservation, answer),
        );
      },
    });
    const far = link.over<Ledger>(watched, LEDGER_METHODS);
    return overlay<Ledger>(
      ledger,
      {
        ...far,
        release: (holdId, nowMs) => {
          gaveBack(holdId);
          return (far as Ledger).release(holdId, nowMs);
        },
      },
      true,
    );
  }

  #watchLookUps({ findKey }: Pick<Directory, "findKey">): Directory["findKey"] {
    const underWay = new Map<string, number>();
    const count = (digest: string, by: 1 | -1) => {
      const atOnce = (underWay.get(digest) ?? 0) + by;
      if (atOnce > 0) underWay.set(digest, atOnce);
      else underWay.delete(digest);
      return atOnce;
    };
    return async (digest) => {
      this.#world.moments.lookedUp(this, count(digest, 1));
      try {
        return await findKey(digest);
      } finally {
        count(digest, -1);
      }
    };
  }

  /** As one on a server of its own: look-ups go there, and changes are heard of by asking for them. */
  #directory({ directory, asked }: SharedStores): Directory {
    const link = new StoreLink(this.#world, "directory", this);
    const watchers = new Watchers();
    const newest = () => directory.changes({ limit: 1 })[0]?.sequence ?? 0;
    const source = {
      newest: () => link.call("newest change", newest),
      after: (sequence: number, max: number) =>
        link.call("changes", () => {
          const limit = Math.min(max, newest() - sequence);
          return limit > 0 ? directory.changes({ limit }).toReversed() : [];
        }),
    };
    const { clock } = this;
    const seen = newest();
    this.#stops.push(startChangePoll({ source, watchers, clock, everyMs: POLL_MS, seen }));
    const far = link.over<Directory>(asked.directory, DIRECTORY_METHODS);
    return overlay<Directory>(directory, {
      ...far,
      findKey: this.#watchLookUps(far as Pick<Directory, "findKey">),
      watch: (listener, onAnything) => watchers.add(listener, onAnything),
    });
  }
}

/** What the gate would answer by itself is not called in a run. */
function unaskedAnswers({ server }: AnyApi): Answers<AnyApi> {
  const own = Object.entries(server.operations).filter(
    ([, { answeredBy }]) => answeredBy === "gate",
  );
  const unasked = () => {
    throw new Error("nobody calls this");
  };
  return Object.fromEntries(own.map(([name]) => [name, unasked]));
}

/** A port with some of its methods in place of its own. */
function overlay<Port extends object>(port: Port, methods: Partial<Port>, isShared = false): Port {
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy(port, {
    get(target, name) {
      if (isShared && name === "isShared") return true;
      const own: unknown = Reflect.get(methods, name) ?? bound.get(name);
      if (own !== undefined) return own;
      const plain: unknown = Reflect.get(target, name);
      if (typeof plain !== "function") return plain;
      bound.set(name, plain.bind(target));
      return bound.get(name);
    },
  });
}
