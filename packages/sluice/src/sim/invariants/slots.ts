// No more calls at once than there are slots, however long they take; and a slot that was given back is free.

import type { LogRow } from "../../gate/index.ts";
import type { SlotClaim } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";

const AT_ONCE = "no more calls run at once than there are slots";
const GIVEN_BACK = "a slot that was given back is free";
/** Ample for a command to get there where nothing is wrong. */
const SOON_MS = 1_000;
/** So long after an outage of the limits a breaker may be open yet, and more until it is asked again. */
export const OPEN_MS = 8_000;
/** Clocks drift. */
const AGED = 0.99;

interface Running {
  readonly host: Process;
  readonly sinceMs: number;
  /** When a job's age is over: then nobody has to give the slot back. */
  readonly untilMs: number;
  /** Of a job, whose slot every gate keeps. */
  readonly detached: boolean;
}

export class SlotsHeld implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  /** By slot id and member: calls that have one by the server's word. */
  readonly #running = new Map<string, Map<string, Running>>();
  /** Calls that hold slots and are not over: while one is answered, its process keeps what it has taken for it. */
  readonly #calls = new Map<string, Process>();
  /** By question: when the server decided, which its gate hears later. */
  readonly #decidedMs = new Map<number, number>();
  #changedMs = Number.NEGATIVE_INFINITY;

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  counted(_host: Process, { ticket, slots }: Ticketed, verdict: Verdict): void {
    if (verdict.admitted && slots.length > 0) this.#decidedMs.set(ticket, this.#world.nowMs);
  }

  told(host: Process, { ticket, slots, windows }: Ticketed, verdict: Verdict | undefined): void {
    const sinceMs = this.#decidedMs.get(ticket) ?? this.#world.nowMs;
    this.#decidedMs.delete(ticket);
    if (verdict?.admitted !== true) return;
    if (windows.length > 0) for (const { member } of slots) this.#calls.set(member, host);
    if (verdict.local !== undefined) return;
    for (const { id, member, limit, leaseMs, detached = false } of slots) {
      const running = this.#running.get(id) ?? new Map<string, Running>();
      this.#running.set(id, running);
      // A job's slot is claimed again and again, the last time perhaps while somebody gives it back.
      if (windows.length === 0 && !running.has(member)) continue;
      const { nowMs } = this.#world;
      const untilMs = detached ? nowMs + leaseMs * AGED : Number.POSITIVE_INFINITY;
      running.set(member, { host, sinceMs, untilMs, detached });
      if (windows.length === 0) continue;
      const certain = [...running].filter((one) => this.#isRunning(...one));
      if (certain.length <= limit) continue;
      this.#world.broken(AT_ONCE, `${certain.length} run at once that share ${limit} of ${id}`);
    }
  }

  row(_host: Process, { requestId }: LogRow): void {
    this.#calls.delete(requestId);
  }

  released(host: Process, { id, member, detached = false }: SlotClaim): void {
    this.#running.get(id)?.delete(member);
    const sinceMs = this.#world.nowMs;
    this.#world.clock.after(SOON_MS, () => {
      const untilMs = Number.POSITIVE_INFINITY;
      if (!this.#isCertain({ host, sinceMs: sinceMs - OPEN_MS, untilMs, detached })) return;
      const { limits, ledger } = this.#stores;
      if (!limits.counters.holds(id, member, limits.nowMs)) return;
      // Its call was refused since nobody heard that it was left to a job: it is the job's all the same.
      if (ledger.job(member) !== undefined || this.#calls.has(member)) return;
      this.#world.broken(GIVEN_BACK, `${member} still has ${id}, ${SOON_MS} ms afterwards`);
    });
  }

  died(host: Process): void {
    for (const [member, one] of this.#calls) if (one === host) this.#calls.delete(member);
    for (const running of this.#running.values()) {
      for (const [member, one] of running) if (one.host === host) running.delete(member);
    }
  }

  serverChanged(): void {
    this.#changedMs = this.#world.nowMs;
  }

  atEnd(): void {
    const { limits } = this.#stores;
    for (const { id, member } of limits.counters.held(limits.nowMs)) {
      this.#world.broken(GIVEN_BACK, `${member} still has ${id} when all is over`);
    }
  }

  /**
   * A job that the ledger has ended leaves its slot to others a lease later at most. How old one is each gate tells by its own
   * wall clock: where one was set, they differ.
   */
  #isRunning(member: string, running: Running): boolean {
    const { all } = this.#world.faults;
    const hasStepped = () => all.some(({ kind }) => kind === "wall_step");
    if (running.detached && (this.#stores.ledger.job(member) === undefined || hasStepped())) {
      return false;
    }
    return this.#isCertain(running);
  }

  /** Whether nothing happened to the way to the server that could have cost it the slot. */
  #isCertain({ host, sinceMs, untilMs, detached }: Running): boolean {
    if (this.#world.nowMs >= untilMs) return false;
    if (!host.isAlive || this.#changedMs >= sinceMs) return false;
    const { faults, scenario } = this.#world;
    if (!detached) return !faults.wereAny("limits", host.node, sinceMs);
    for (let node = 0; node < scenario.nodes.count; node++) {
      if (faults.wereAny("limits", node, sinceMs)) return false;
    }
    return true;
  }
}
