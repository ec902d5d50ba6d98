// One caller: makes calls as its group does, by our client or as somebody else's would, and leaves some of them.

import type { Random } from "../../base/index.ts";
import { type Client, createClient } from "../../client/index.ts";
import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import { type Person, strangersKey } from "../nodes/people.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { callQuery, JOB } from "../subject/call-name.ts";
import type { Callee } from "../subject/subject.ts";
import { Habit, type Wish } from "./habit.ts";
import { KeysSent } from "./keys-sent.ts";
import { Leaving } from "./leaving.ts";
import { policyOf, tryWith } from "./policies.ts";
import { requestFor } from "./request-for.ts";
import { ORIGIN, Sender } from "./sim-transport.ts";

/** Calls of one caller at once; it leaves out what would be more. */
const AT_ONCE_MAX = 50;
/** Other people's clients have timeouts of their own; ours has one by default. */
const ATTEMPT_MS = 30_000;

/** What an answer says of a job: its id, or how it stands. */
interface Said {
  readonly job?: string;
}
const NOTHING: Said = {};
const toNothing = () => NOTHING;
const toUndefined = () => undefined;
/** Between two questions for one job, and how often it is asked at most. */
const POLL_MS = 500;
const POLLS_MAX = 8;

/** What is wanted of a call, however it is sent. */
interface SimpleCall {
  readonly operation: string;
  readonly nonce: string;
  /** The idempotency key, where the caller gives one. */
  readonly key: string | undefined;
  /** Besides what the operation is always asked with. */
  readonly query: Readonly<Record<string, string>> | undefined;
  readonly leaving: Leaving;
  /** Whether it leaves before it is over, unless it is answered by then. */
  readonly mayLeave: boolean;
  /** Which key that nobody has it is sent with, in place of the caller's own. */
  readonly stranger: number | undefined;
}

export class Caller {
  readonly #world: SimWorld;
  readonly #person: Person;
  /** Of waits between attempts: no policy changes which calls there are, and when. */
  readonly #patience: Random;
  readonly #sender: Sender;
  readonly #client: Client | undefined;
  readonly #keys: KeysSent;
  #underWay = 0;
  #hasStopped = false;
  readonly #leaving: Leaving[] = [];
  calls = 0;
  done = 0;

  constructor(world: SimWorld, network: Network, wire: AnyWire, person: Person) {
    this.#world = world;
    this.#person = person;
    this.#patience = world.random(`patience of ${person.name}`);
    this.#sender = new Sender(world, network, wire, person);
    this.#keys = new KeysSent(person.group, world.random(`keys of ${person.name}`));
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
    for (const leaving of this.#leaving) leaving.leave(new Error("the caller stopped"));
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
    const leaving = new Leaving();
    if (this.#client === undefined) this.#leaving.push(leaving);
    const mayLeave = leavesMs !== undefined;
    if (mayLeave) {
      this.#world.clock.after(leavesMs, () => leaving.leave(new Error("the caller left")));
    }
    const key = this.#calleeOf(operation).method === "POST" ? this.#keys.next(nonce) : undefined;
    // What is sent with a key is told from what was sent with it before.
    const query = key === undefined ? undefined : { about: nonce };
    const call: SimpleCall = { operation, nonce, key, query, leaving, mayLeave, stranger };
    try {
      const said = await this.#send(call);
      const isDone = said !== undefined;
      if (isDone) this.done++;
      if (said?.job !== undefined) await this.#poll(said.job, call);
      const endedMs = this.#world.nowMs;
      const ended = { group: group.name, operation, call: nonce, begunMs, endedMs, isDone };
      this.#world.moments.called(ended);
    } finally {
      this.#underWay--;
      const at = this.#leaving.indexOf(leaving);
      if (at >= 0) this.#leaving.splice(at, 1);
    }
  }

  #calleeOf(operation: string): Callee {
    return this.#world.subject.callees[operation] as Callee;
  }

  /** What the answer says, where it was done in the end. */
  #send(call: SimpleCall): Promise<Said | undefined> {
    return this.#client === undefined || call.stranger !== undefined
      ? this.#callAsOthers(call)
      : this.#callAsOurs(this.#client, call);
  }

  /** Asks for a job until it has ended. */
  async #poll(job: string, call: SimpleCall): Promise<void> {
    const query = { [JOB]: job };
    const look = { ...call, operation: "look", key: undefined, query, stranger: undefined };
    for (let asked = 0; asked < POLLS_MAX && !this.#hasStopped; asked++) {
      await this.#world.clock.sleep(POLL_MS);
      const said = await this.#send({ ...look, nonce: `${call.nonce}.${asked}` });
      if (said?.job !== "running") return;
    }
  }

  async #callAsOurs(client: Client, call: SimpleCall): Promise<Said | undefined> {
    const { operation, nonce, key, leaving, mayLeave } = call;
    const { input, way } = this.#calleeOf(operation);
    const { params, query, body } = input;
    const asked = { ...query, ...call.query, ...callQuery(operation, nonce) };
    const whole = { params, body, query: asked } as never;
    const own = {
      ...(mayLeave && { signal: leaving.signal }),
      ...(key !== undefined && { idempotencyKey: key }),
    };
    try {
      if (way !== "streams") return ((await client.call(operation, whole, own)) ?? NOTHING) as Said;
      for await (const _ of client.stream(operation, whole, own));
      return NOTHING;
    } catch {
      return undefined;
    }
  }

  async #callAsOthers(call: SimpleCall): Promise<Said | undefined> {
    const { operation, nonce, key, query, leaving, stranger } = call;
    const { policy } = this.#person.group;
    const isOwn = stranger === undefined;
    const retries = policyOf(!isOwn || policy === "sluice" ? "none" : policy);
    const secret = isOwn ? this.#person.secret : strangersKey(this.#world, stranger);
    const more = { key, query };
    const request = requestFor(this.#world.subject, operation, nonce, secret, more);
    const send = () => {
      let cancel: () => void = () => undefined;
      const sent = this.#sender.send(request, (breakOff) => {
        leaving.breaksOff(breakOff);
        const give = () => breakOff(new Error("timeout"));
        cancel = this.#world.clock.after(ATTEMPT_MS, give);
      });
      // A timer that nobody needs any more would be a turn of the world.
      void sent.then(cancel, cancel);
      return sent;
    };
    const { clock } = this.#world;
    const around = { clock, random: this.#patience, leaving };
    const answer = await tryWith(retries, request.method, send, around);
    // A stream that has begun is not asked for again.
    if (answer?.stream !== undefined) return answer.stream.whole().then(toNothing, toUndefined);
    if (answer === undefined) return undefined;
    return this.#calleeOf(operation).way === "starts a job" || query?.[JOB] !== undefined
      ? (JSON.parse(String(answer.body)) as Said)
      : NOTHING;
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
