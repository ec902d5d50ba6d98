// Processes that share a ledger and a store of limits, in virtual time. Each has a way to the limits of its own, and can be cut
// off from the ledger or killed at any moment.

import { type Clock, seededRandom, VirtualClock } from "../../../src/base/index.ts";
import {
  createGate,
  type Gate,
  type GateEvent,
  handlers,
  type JobEnded,
  type JobOutcome,
  reply,
  type Stores,
} from "../../../src/gate/index.ts";
import { createMemoryStores, type MemoryStores } from "../../../src/store/memory/index.ts";
import { DistantLimits } from "../../../src/store/redis/limits/distant-limits.ts";
import type {
  BatchReply,
  LimitsEngine,
  ShardCommand,
} from "../../../src/store/redis/limits/engine.ts";
import { FakeCall } from "../../gate/fixtures/fake-call.ts";
import { type Disturb, disturbedStores } from "../../gate/fixtures/moments.ts";
import { PEPPER, secrets, settle } from "../../gate/fixtures/people.ts";
import { type Received, receive } from "../../gate/fixtures/received.ts";
import { studio, studioAnswers } from "../../gate/fixtures/studio.ts";
import { ModelEngine } from "./model-engine.ts";

export const LEASE_MS = 15_000;
/** So often each process claims the slots of jobs again. */
export const BEAT_MS = LEASE_MS / 3;
/** All deadlines of one call, and more. */
const DECIDED_MAX_MS = 1_000;
/** A store gives up in the end, and later than a job can do without a claim. */
export const HUNG_MS = 12_000;
const SLOT = "films:pro";
const NEVER = new Promise<never>(() => undefined);

/** `mute`: what is sent is done, and no answer comes; `hung`: nothing is done, and no answer comes. */
export type Way = "well" | "mute" | "hung";

/** What all processes have in common. */
export class JobFleet {
  readonly clock = new VirtualClock();
  readonly stores: MemoryStores = createMemoryStores();
  #server = new ModelEngine(this.clock);

  static async create(): Promise<JobFleet> {
    const fleet = new JobFleet();
    await settle(fleet.stores.directory);
    return fleet;
  }

  get server(): LimitsEngine {
    return this.#server;
  }

  /** The store of the limits begins anew, with nothing. */
  empty(): void {
    this.#server = new ModelEngine(this.clock);
  }

  get slotsInUse(): number {
    return this.#server.slotsInUse(SLOT);
  }

  get running(): number {
    return this.stores.ledger.jobs().length;
  }

  /** Lets time pass until it is settled: what has to wait for a deadline. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    for (let ms = 0; ms < DECIDED_MAX_MS && !isSettled; ms++) await this.clock.advance(1);
    return settled;
  }

  start(wallAheadMs = 0): JobProcess {
    return new JobProcess(this, ahead(this.clock, wallAheadMs));
  }
}

/** Of a machine that somebody set wrong. */
function ahead(clock: VirtualClock, ms: number): Clock {
  return {
    wallMs: () => clock.wallMs() + ms,
    monotonicMs: () => clock.monotonicMs(),
    sleep: (...asked) => clock.sleep(...asked),
    after: (...asked) => clock.after(...asked),
  };
}

export class JobProcess {
  /** How its way to the limits is. */
  way: Way = "well";
  /** What happens at each moment of what it asks of its stores. */
  disturb: Disturb = () => undefined;
  /** Whether the ledger answers, fails at once, or keeps it waiting and then fails. */
  ledger: "well" | "down" | "hung" = "well";
  readonly events: GateEvent[] = [];
  readonly gate: Gate;
  #isDead = false;

  constructor(fleet: JobFleet, clock: Clock) {
    const limits = new DistantLimits({
      engine: this.#wayTo(fleet),
      ...{ deadlineMs: 30, leaseMs: LEASE_MS, clock, random: seededRandom("process") },
    });
    const upstream = handlers(studio, {
      tell: () => reply({ credits: 3 }),
      sing: () => reply({}),
      whisper: () => reply({}),
      film: (_, { requestId }) => reply({ id: requestId, status: "pending", error: null }, 201),
      readShelf: () => reply({}),
    });
    this.gate = createGate(studio, {
      stores: this.#disturbed({ ...fleet.stores, limits }, clock),
      ...{ upstream, answers: studioAnswers, pepper: PEPPER, clock },
      random: seededRandom(`process ${++started}`),
      onEvent: (event) => this.events.push(event),
    });
  }

  async film(): Promise<Received> {
    const sent = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };
    return receive(await this.gate.handle(new FakeCall(sent)));
  }

  /** A call that takes no slot. */
  async hello(): Promise<Received> {
    const path = "/v1/shelves/none";
    return receive(await this.gate.handle(new FakeCall({ path, key: secrets.pro })));
  }

  end(id: string, outcome: JobOutcome = { kind: "failed" }): Promise<JobEnded> {
    return this.gate.jobs.end(id, outcome);
  }

  /** As by SIGKILL: whatever it still has to say to anybody is not heard. */
  kill(): void {
    this.#isDead = true;
    this.gate.close();
  }

  #wayTo(fleet: JobFleet): LimitsEngine {
    return {
      parts: 1,
      ready: () => true,
      run: async (batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply> => {
        if (this.#isDead || this.way === "hung") return NEVER;
        const answered = await fleet.server.run(batch, notAfterMs);
        return this.#isDead || this.way === "mute" ? NEVER : answered;
      },
    };
  }

  #disturbed(stores: Stores, clock: Clock): Stores {
    const disturbed = disturbedStores(stores, async (moment, subject) => {
      if (this.#isDead) return NEVER;
      if (isOfLedger(moment)) {
        if (this.ledger === "down") throw new Error("the ledger is down");
        if (this.ledger === "hung") {
          await clock.sleep(HUNG_MS);
          throw new Error("the ledger did not answer");
        }
      }
      await this.disturb(moment, subject);
      return this.#isDead ? NEVER : undefined;
    });
    return { ...disturbed, ledger: { ...disturbed.ledger, isShared: true } };
  }
}

let started = 0;

function isOfLedger(moment: string): boolean {
  return /^(?:reserve|settle|release hold|recall|detach|jobs?) /.test(moment);
}
