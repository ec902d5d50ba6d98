// One caller: makes calls as its group does, by our client or as somebody else's would, and leaves some of them.

import type { Random } from "../../base/index.ts";
import { type Client, createClient } from "../../client/index.ts";
import type { AnyWire } from "../../contract/index.ts";
import type { Network } from "../network/exchange.ts";
import { type Person, strangersKey } from "../nodes/people.ts";
import { BASE_PATH } from "../nodes/sim-api.ts";
import { JOB, NONCE } from "../nodes/sim-work.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { arrivalsOf } from "./arrivals.ts";
import { KeysSent } from "./keys-sent.ts";
import { policyOf, tryWith } from "./policies.ts";
import { ORIGIN, Sender } from "./sim-transport.ts";

/** Calls of one caller at once; it leaves out what would be more. */
const AT_ONCE_MAX = 50;
const LEAVES_AFTER_MS_MAX = 2_000;
const STRANGERS = 5;
/** Other people's clients have timeouts of their own; ours has one by default. */
const ATTEMPT_MS = 30_000;

const METHODS = { look: "GET", make: "POST", ask: "POST", tell: "POST", build: "POST" } as const;
type Operation = keyof typeof METHODS;

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
  readonly operation: Operation;
  readonly nonce: string;
  readonly key: string | undefined;
  /** The job that it asks for. */
  readonly job?: string;
  readonly signal: AbortSignal;
  readonly isStranger: boolean;
}

export class Caller {
  readonly #world: SimWorld;
  readonly #person: Person;
  readonly #random: Random;
  readonly #sender: Sender;
  readonly #client: Client | undefined;
  readonly #keys: KeysSent;
  #underWay = 0;
  #hasStopped = false;
  readonly #leaving = new Set<AbortController>();
  calls = 0;
  done = 0;

  constructor(world: SimWorld, network: Network, wire: AnyWire, person: Person) {
    this.#world = world;
    this.#person = person;
    this.#random = world.random(`caller ${person.name}`);
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
    const { durationMs, recoveryMs } = this.#world.scenario;
    const arrivals = arrivalsOf(this.#person.group, durationMs + recoveryMs, this.#random);
    const next = () => {
      this.#world.clock.after(arrivals.nextMs(this.#world.nowMs), () => {
        if (this.#hasStopped) return;
        if (this.#underWay < AT_ONCE_MAX) void this.#call();
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

  async #call(): Promise<void> {
    const { group, name } = this.#person;
    const operation = this.#drawOperation();
    const nonce = `${name}#${this.calls++}`;
    this.#world.note(operation, nonce);
    this.#underWay++;
    const leaving = new AbortController();
    if (this.#client === undefined) this.#leaving.add(leaving);
    if (this.#random.integer(100) < group.leavePercent) {
      const leavesMs = this.#random.float() * LEAVES_AFTER_MS_MAX;
      this.#world.clock.after(leavesMs, () => leaving.abort(new Error("the caller left")));
    }
    const isStranger = this.#random.integer(100) < group.strangerPercent;
    const key = METHODS[operation] === "POST" ? this.#keys.next(nonce) : undefined;
    const call: SimpleCall = { operation, nonce, key, signal: leaving.signal, isStranger };
    try {
      const said = await this.#send(call);
      if (said !== undefined) this.done++;
      if (said?.job !== undefined) await this.#poll(said.job, nonce, leaving.signal);
    } finally {
      this.#underWay--;
      this.#leaving.delete(leaving);
    }
  }

  /** What the answer says, where it was done in the end. */
  #send(call: SimpleCall): Promise<Said | undefined> {
    return this.#client === undefined || call.isStranger
      ? this.#callAsOthers(call)
      : this.#callAsOurs(this.#client, call);
  }

  /** Asks for a job until it has ended. */
  async #poll(job: string, nonce: string, signal: AbortSignal): Promise<void> {
    const look = { operation: "look", key: undefined, job, signal, isStranger: false } as const;
    for (let asked = 0; asked < POLLS_MAX && !this.#hasStopped; asked++) {
      await this.#world.clock.sleep(POLL_MS);
      const said = await this.#send({ ...look, nonce: `${nonce}.${asked}` });
      if (said?.job !== "running") return;
    }
  }

  async #callAsOurs(
    client: Client,
    { operation, nonce, key, job, signal }: SimpleCall,
  ): Promise<Said | undefined> {
    const input = { query: { [NONCE]: nonce, ...(job && { [JOB]: job }) } } as never;
    const own = { signal, ...(key !== undefined && { idempotencyKey: key }) };
    try {
      if (operation !== "tell") return (await client.call(operation, input, own)) as Said;
      for await (const _ of client.stream(operation, input, own));
      return NOTHING;
    } catch {
      return undefined;
    }
  }

  async #callAsOthers(call: SimpleCall): Promise<Said | undefined> {
    const { operation, nonce, key, job, signal, isStranger } = call;
    const { policy } = this.#person.group;
    const retries = policyOf(isStranger || policy === "sluice" ? "none" : policy);
    const secret = isStranger
      ? strangersKey(this.#world, this.#random.integer(STRANGERS))
      : this.#person.secret;
    const headers = new Map([["x-api-key", secret]]);
    if (key !== undefined) headers.set("idempotency-key", key);
    const method = METHODS[operation];
    const asksFor = job === undefined ? "" : `&${JOB}=${job}`;
    const query = `${NONCE}=${encodeURIComponent(nonce)}${asksFor}`;
    const url = `${ORIGIN}${BASE_PATH}/${operation}?${query}`;
    const send = () =>
      this.#sender.send(method, url, headers, (breakOff) => {
        signal.addEventListener("abort", () => breakOff(signal.reason));
        this.#world.clock.after(ATTEMPT_MS, () => breakOff(new Error("timeout")));
      });
    const { clock } = this.#world;
    const answer = await tryWith(retries, method, send, {
      clock,
      random: this.#random,
      left: signal,
    });
    // A stream that has begun is not asked for again.
    if (answer?.stream !== undefined) return answer.stream.whole().then(toNothing, toUndefined);
    return answer && (JSON.parse(String(answer.body)) as Said);
  }

  #drawOperation(): Operation {
    const { makePercent, askPercent, tellPercent = 0, buildPercent = 0 } = this.#person.group;
    const drawn = this.#random.integer(100);
    if (drawn < makePercent) return "make";
    if (drawn < makePercent + askPercent) return "ask";
    if (drawn < makePercent + askPercent + tellPercent) return "tell";
    return drawn < makePercent + askPercent + tellPercent + buildPercent ? "build" : "look";
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
