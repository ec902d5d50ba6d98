// One caller: makes calls as its group does, by our client or as somebody else's would, and leaves some of them.

import type { Random } from "../../base/index.ts";
import { type Client, createClient } from "../../client/index.ts";
import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import { type Person, strangersKey } from "../nodes/people.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { callQuery } from "../subject/call-name.ts";
import type { Callee } from "../subject/subject.ts";
import { Habit, type Wish } from "./habit.ts";
import { policyOf, tryWith } from "./policies.ts";
import { requestFor } from "./request-for.ts";
import { ORIGIN, Sender } from "./sim-transport.ts";

/** Calls of one caller at once; it leaves out what would be more. */
const AT_ONCE_MAX = 50;
/** Other people's clients have timeouts of their own; ours has one by default. */
const ATTEMPT_MS = 30_000;

export class Caller {
  readonly #world: SimWorld;
  readonly #person: Person;
  /** Of waits between attempts: no policy changes which calls there are, and when. */
  readonly #patience: Random;
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
    this.#patience = world.random(`patience of ${person.name}`);
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
    const { subject, scenario } = this.#world;
    const { group, name } = this.#person;
    const random = this.#world.random(`caller ${name}`);
    const habit = new Habit(subject, group, scenario.durationMs + scenario.recoveryMs, random);
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
    const { group, name } = this.#person;
    const begunMs = this.#world.nowMs;
    const nonce = `${name}#${this.calls++}`;
    this.#world.note(operation, nonce);
    this.#underWay++;
    const leaving = new AbortController();
    if (this.#client === undefined) this.#leaving.add(leaving);
    if (leavesMs !== undefined) {
      this.#world.clock.after(leavesMs, () => leaving.abort(new Error("the caller left")));
    }
    try {
      const isDone =
        this.#client === undefined || stranger !== undefined
          ? await this.#callAsOthers(operation, nonce, leaving.signal, stranger)
          : await this.#callAsOurs(this.#client, operation, nonce, leaving.signal);
      if (isDone) this.done++;
      const endedMs = this.#world.nowMs;
      const ended = { group: group.name, operation, call: nonce, begunMs, endedMs, isDone };
      this.#world.moments.called(ended);
    } finally {
      this.#underWay--;
      this.#leaving.delete(leaving);
    }
  }

  async #callAsOurs(
    client: Client,
    operation: string,
    nonce: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const { params, query, body } = (this.#world.subject.callees[operation] as Callee).input;
      const input = { params, body, query: { ...query, ...callQuery(operation, nonce) } };
      await client.call(operation, input as never, { signal });
      return true;
    } catch {
      return false;
    }
  }

  #callAsOthers(
    operation: string,
    nonce: string,
    signal: AbortSignal,
    stranger: number | undefined,
  ): Promise<boolean> {
    const { policy } = this.#person.group;
    const retries = policyOf(stranger !== undefined || policy === "sluice" ? "none" : policy);
    const isOwn = stranger === undefined;
    const secret = isOwn ? this.#person.secret : strangersKey(this.#world, stranger);
    const request = requestFor(this.#world.subject, operation, nonce, secret);
    const send = () =>
      this.#sender.send(request, (breakOff) => {
        signal.addEventListener("abort", () => breakOff(signal.reason));
        this.#world.clock.after(ATTEMPT_MS, () => breakOff(new Error("timeout")));
      });
    const { clock } = this.#world;
    const around = { clock, random: this.#patience, left: signal };
    return tryWith(retries, request.method, send, around);
  }

  #createClient(wire: AnyWire): Client {
    return createClient(wire, {
      apiKey: this.#person.secret,
      baseUrl: ORIGIN + wire.basePath,
      transport: this.#sender.transport,
      clock: this.#world.clock,
      random: this.#world.random(`client ${this.#person.name}`),
      onEvent: () => undefined,
      ...this.#world.subject.clientOf(this.#person.group),
    });
  }
}
