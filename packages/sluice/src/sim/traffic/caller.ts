// One caller: makes calls as its group does, by our client or as somebody else's would, and leaves some of them.

import type { Random } from "../../base/index.ts";
import { type Client, createClient } from "../../client/index.ts";
import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import { type Person, strangersKey } from "../nodes/people.ts";
import { BASE_PATH } from "../nodes/sim-api.ts";
import { NONCE } from "../nodes/sim-work.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { Habit, METHODS, type Operation, type Wish } from "./habit.ts";
import { policyOf, tryWith } from "./policies.ts";
import { ORIGIN, Sender } from "./sim-transport.ts";

/** Calls of one caller at once; it leaves out what would be more. */
const AT_ONCE_MAX = 50;
/** Other people's clients have timeouts of their own; ours has one by default. */
const ATTEMPT_MS = 30_000;

export class Caller {
  readonly #world: SimWorld;
  readonly #person: Person;
  /** For the waits of other people's clients. */
  readonly #random: Random;
  readonly #sender: Sender;
  readonly #client: Client | undefined;
  #underWay = 0;
  #hasStopped = false;
  readonly #leaving = new Set<AbortController>();
  calls = 0;
  done = 0;

  constructor(world: SimWorld, network: Network, wire: AnyWire, person: Person) {
    this.#world = world;
    this.#person = person;
    this.#random = world.random(`retries of ${person.name}`);
    this.#sender = new Sender(world, network, wire, person);
    const isOurs = person.group.policy === "sluice";
    this.#client = isOurs ? this.#createClient(wire) : undefined;
  }

  get attempts(): number {
    return this.#sender.attempts;
  }

  get underWay(): number {
    return this.#underWay;
  }

  start(): void {
    const { durationMs, recoveryMs } = this.#world.scenario;
    const { group, name } = this.#person;
    const random = this.#world.random(`caller ${name}`);
    const habit = new Habit(group, durationMs + recoveryMs, random);
    const next = () => {
      this.#world.clock.after(habit.untilNextMs(this.#world.nowMs), () => {
        if (this.#hasStopped) return;
        const wish = habit.next();
        if (this.#underWay < AT_ONCE_MAX) void this.#call(wish);
        next();
      });
    };
    next();
  }

  /** Makes no more calls, and waits for no more attempts of those that there are. */
  stop(): void {
    this.#hasStopped = true;
    for (const leaving of this.#leaving) leaving.abort(new Error("the caller stopped"));
  }

  close(): void {
    this.#client?.close();
  }

  async #call({ operation, leavesMs, stranger }: Wish): Promise<void> {
    const { name } = this.#person;
    const beganMs = this.#world.nowMs;
    const nonce = `${name}#${this.calls++}`;
    this.#world.note(operation, nonce);
    this.#underWay++;
    const leaving = new AbortController();
    if (this.#client === undefined) this.#leaving.add(leaving);
    if (leavesMs !== undefined) {
      this.#world.clock.after(leavesMs, () => leaving.abort(new Error("the caller left")));
    }
    let isDone = false;
    try {
      isDone =
        this.#client === undefined || stranger !== undefined
          ? await this.#callAsOthers(operation, nonce, leaving.signal, stranger)
          : await this.#callAsOurs(this.#client, operation, nonce, leaving.signal);
      if (isDone) this.done++;
    } finally {
      const endedMs = this.#world.nowMs;
      this.#world.moments.called({ caller: name, operation, beganMs, endedMs, isDone });
      this.#underWay--;
      this.#leaving.delete(leaving);
    }
  }

  async #callAsOurs(
    client: Client,
    operation: Operation,
    nonce: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await client.call(operation, { query: { [NONCE]: nonce } } as never, { signal });
      return true;
    } catch {
      return false;
    }
  }

  #callAsOthers(
    operation: Operation,
    nonce: string,
    signal: AbortSignal,
    stranger: number | undefined,
  ): Promise<boolean> {
    const { policy } = this.#person.group;
    const retries = policyOf(stranger !== undefined || policy === "sluice" ? "none" : policy);
    const isOwn = stranger === undefined;
    const secret = isOwn ? this.#person.secret : strangersKey(this.#world, stranger);
    const headers = new Map([["x-api-key", secret]]);
    const method = METHODS[operation];
    const url = `${ORIGIN}${BASE_PATH}/${operation}?${NONCE}=${encodeURIComponent(nonce)}`;
    const send = () =>
      this.#sender.send(method, url, headers, (breakOff) => {
        signal.addEventListener("abort", () => breakOff(signal.reason));
        this.#world.clock.after(ATTEMPT_MS, () => breakOff(new Error("timeout")));
      });
    const { clock } = this.#world;
    return tryWith(retries, method, send, { clock, random: this.#random, left: signal });
  }

  #createClient(wire: AnyWire): Client {
    return createClient(wire, {
      apiKey: this.#person.secret,
      baseUrl: ORIGIN + BASE_PATH,
      transport: this.#sender.transport,
      clock: this.#world.clock,
      random: this.#world.random(`client ${this.#person.name}`),
      deadline: { totalMs: 60_000, attemptMs: 55_000 },
      onEvent: () => undefined,
    });
  }
}
