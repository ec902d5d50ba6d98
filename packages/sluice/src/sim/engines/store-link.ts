// A node's way to the directory and to the ledger, which keep what they have in memory here: each method goes there and back
// over a network, and may arrive late, or be answered to nobody.

import { type Awaitable, type Clock, isPromise, type Random } from "../../base/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Part } from "../scenario.ts";
import type { Holder } from "./limits-link.ts";

/** Whoever has waited so long is told that there is no answer; what was sent may arrive all the same. */
const STALL_MS = 2_000;

export class StoreDownError extends Error {
  override readonly name: string = "StoreDownError";
}

export class StoreLink {
  readonly #world: SimWorld;
  readonly #part: Part;
  readonly #holder: Holder;
  readonly #random: Random;
  readonly #stalls: Stalls;

  /** @param way Of several ways to one part: chance of its own, so that none changes another. */
  constructor(world: SimWorld, part: Part, holder: Holder, way: string = part) {
    this.#world = world;
    this.#part = part;
    this.#holder = holder;
    this.#random = world.random(`${way} link of ${holder.name}`);
    this.#stalls = new Stalls(world.clock);
  }

  /** The methods of a port, each by way of this link. */
  over<Port extends object>(port: Port, methods: readonly (keyof Port & string)[]): Partial<Port> {
    const way: Record<string, (...args: unknown[]) => Promise<unknown>> = {};
    for (const method of methods) {
      const act = port[method] as unknown as (...args: unknown[]) => unknown;
      way[method] = (...args) => this.call(method, () => act.apply(port, args));
    }
    return way as Partial<Port>;
  }

  call<T>(name: string, act: () => Awaitable<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#holder.passes()) return;
      let isOver = false;
      const end = (tell: () => void) => {
        if (isOver || !this.#holder.passes()) return;
        isOver = true;
        stall.isOver = true;
        tell();
      };
      const stall = this.#stalls.add(() =>
        end(() => reject(new StoreDownError(`no answer to ${name} in ${STALL_MS} ms`))),
      );
      this.#after(() =>
        this.#arrive(name, act, (tell) => this.#after(() => end(tell)), resolve, reject),
      );
    });
  }

  #arrive<T>(
    name: string,
    act: () => Awaitable<T>,
    reply: (tell: () => void) => void,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    const fault = this.#world.faults.on(this.#part, this.#holder.node);
    if (fault?.kind === "hung") {
      const leftMs = this.#world.faults.endOf(fault) - this.#world.nowMs;
      this.#world.clock.after(Math.max(1, leftMs), () =>
        this.#arrive(name, act, reply, resolve, reject),
      );
      return;
    }
    if (fault?.kind === "refused") {
      reply(() => reject(new StoreDownError(`${this.#part} refuses`)));
      return;
    }
    this.#world.note(name, this.#holder.name);
    const tell = fault?.kind === "mute" ? () => undefined : reply;
    try {
      const value = act();
      // Of a store that keeps it in real time: time stands still until it has answered.
      if (isPromise(value)) void value.then(...repliesBy(tell, resolve, reject));
      else tell(() => resolve(value));
    } catch (error) {
      tell(() => reject(error));
    }
  }

  #after(go: () => void): void {
    const fault = this.#world.faults.on(this.#part, this.#holder.node);
    const moreMs = fault?.kind === "slow" ? fault.moreMs * this.#random.float() : 0;
    const delayMs = this.#world.storeWayMs(this.#random);
    this.#world.clock.after(delayMs + moreMs, go);
  }
}

interface Stall {
  readonly dueMs: number;
  isOver: boolean;
  readonly onDue: () => void;
}

/** All wait equally long, so one timer does for all: nearly none of them comes to its end. */
class Stalls {
  readonly #clock: Clock;
  readonly #line: Stall[] = [];
  #isArmed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(onDue: () => void): Stall {
    const stall = { dueMs: this.#clock.monotonicMs() + STALL_MS, isOver: false, onDue };
    this.#line.push(stall);
    if (!this.#isArmed) this.#arm(STALL_MS);
    return stall;
  }

  #arm(ms: number): void {
    this.#isArmed = true;
    this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#isArmed = false;
    const nowMs = this.#clock.monotonicMs();
    while (this.#line[0] !== undefined && (this.#line[0].isOver || this.#line[0].dueMs <= nowMs)) {
      const stall = this.#line.shift() as Stall;
      if (!stall.isOver) stall.onDue();
    }
    const [first] = this.#line;
    if (first !== undefined && !this.#isArmed) this.#arm(first.dueMs - nowMs);
  }
}

function repliesBy<T>(
  reply: (tell: () => void) => void,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): [(value: T) => void, (error: unknown) => void] {
  return [(value) => reply(() => resolve(value)), (error) => reply(() => reject(error))];
}
