// A caller in real time: our own client over the platform's `fetch`, or somebody else's policy over the same, making the calls that
// its habit makes in a simulation of the same seed. The way to the nodes and back takes what the scenario says.

import { type Clock, type Random, systemClock } from "../../../src/base/index.ts";
import { type Client, createClient, fetchTransport } from "../../../src/client/index.ts";
import type { Transport } from "../../../src/client/transport/transport.ts";
import type { AnyWire } from "../../../src/contract/index.ts";
import type { Answer } from "../../../src/gate/index.ts";
import type { Person } from "../../../src/sim/nodes/people.ts";
import { BASE_PATH } from "../../../src/sim/nodes/sim-api.ts";
import { NONCE } from "../../../src/sim/nodes/sim-work.ts";
import { drawDelay, type SimWorld } from "../../../src/sim/run/sim-world.ts";
import { Habit, METHODS, type Operation } from "../../../src/sim/traffic/habit.ts";
import { policyOf, tryWith } from "../../../src/sim/traffic/policies.ts";
import type { Notes } from "./notes.ts";
import type { RealNode } from "./real-node.ts";

const ORIGIN = "http://nodes.test";
const AT_ONCE_MAX = 50;
const ATTEMPT_MS = 30_000;
const clock: Clock = systemClock;

/** What all callers of a play share. */
export interface Surroundings {
  readonly world: SimWorld;
  readonly wire: AnyWire;
  readonly nodes: readonly RealNode[];
  readonly notes: Notes;
  readonly ways: Random;
  /** Since the play began. */
  readonly nowMs: () => number;
}

export class RealCaller {
  readonly #around: Surroundings;
  readonly #person: Person;
  readonly #client: Client | undefined;
  readonly #random: Random;
  readonly #leaving = new Set<AbortController>();
  #hasStopped = false;
  #calls = 0;
  underWay = 0;

  constructor(around: Surroundings, person: Person) {
    this.#around = around;
    this.#person = person;
    this.#random = around.world.random(`retries of ${person.name}`);
    if (person.group.policy !== "sluice") return;
    this.#client = createClient(around.wire, {
      apiKey: person.secret,
      baseUrl: ORIGIN + BASE_PATH,
      transport: this.#transport,
      random: around.world.random(`client ${person.name}`),
      deadline: { totalMs: 60_000, attemptMs: 55_000 },
      onEvent: () => undefined,
    });
  }

  /** Each call at its moment of the play, however late the timer of the one before it was. */
  start(): void {
    const { group, name } = this.#person;
    const { durationMs, recoveryMs } = this.#around.world.scenario;
    const random = this.#around.world.random(`caller ${name}`);
    const habit = new Habit(group, durationMs + recoveryMs, random);
    let dueMs = 0;
    const next = () => {
      dueMs += habit.untilNextMs(dueMs);
      clock.after(
        dueMs - this.#around.nowMs(),
        () => {
          if (this.#hasStopped) return;
          const { operation } = habit.next();
          if (this.underWay < AT_ONCE_MAX) void this.#call(operation);
          next();
        },
        true,
      );
    };
    next();
  }

  stop(): void {
    this.#hasStopped = true;
    for (const leaving of this.#leaving) leaving.abort(new Error("the caller stopped"));
  }

  close(): void {
    this.#client?.close();
  }

  async #call(operation: Operation): Promise<void> {
    const { nowMs, notes } = this.#around;
    const { name: caller } = this.#person;
    const beganMs = nowMs();
    const nonce = `${caller}#${this.#calls++}`;
    this.underWay++;
    const isDone = this.#client
      ? await this.#client.call(operation, { query: { [NONCE]: nonce } } as never).then(
          () => true,
          () => false,
        )
      : await this.#callAsOthers(operation, nonce);
    this.underWay--;
    notes.called({ caller, operation, beganMs, endedMs: nowMs(), isDone });
  }

  async #callAsOthers(operation: Operation, nonce: string): Promise<boolean> {
    const leaving = new AbortController();
    this.#leaving.add(leaving);
    const method = METHODS[operation];
    const url = `${ORIGIN}${BASE_PATH}/${operation}?${NONCE}=${encodeURIComponent(nonce)}`;
    const headers = { "x-api-key": this.#person.secret };
    const send = async (): Promise<Answer> => {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(ATTEMPT_MS)]);
      const { status, headers: own, text } = await this.#send({ method, url, headers, signal });
      return { status, headers: [...own()].flat(), body: (await text?.(10_000)) ?? "" } as Answer;
    };
    const policy = policyOf(this.#person.group.policy as Exclude<Policy, "sluice">);
    const random = this.#random;
    const isDone = await tryWith(policy, method, send, { clock, random, left: leaving.signal });
    this.#leaving.delete(leaving);
    return isDone;
  }

  readonly #transport: Transport = ({ light: _, ...request }) => this.#send(request);

  readonly #overFetch = fetchTransport();

  /** What came, whether an answer or an error: either takes its way back. */
  #fetched(request: Parameters<Transport>[0]): Promise<() => ReturnType<Transport>> {
    return this.#overFetch(request).then(
      (answer) => () => Promise.resolve(answer),
      (error: unknown) => () => Promise.reject(error),
    );
  }

  async #send(request: Omit<Parameters<Transport>[0], "body"> & { readonly body?: Body }) {
    const { world, nodes, ways, notes, nowMs } = this.#around;
    const sentMs = nowMs();
    const wayMs = () => drawDelay(world.scenario.network.callers, ways) / 2;
    const node = nodes[ways.integer(nodes.length)] as RealNode;
    const url = request.url.replace(ORIGIN, `http://127.0.0.1:${node.port}`);
    try {
      await clock.sleep(wayMs(), request.signal);
      const answer = await this.#fetched({ body: undefined, ...request, url });
      await clock.sleep(wayMs(), request.signal);
      return await answer();
    } finally {
      notes.sent({ caller: this.#person.name, sentMs, heardMs: nowMs() });
    }
  }
}

type Policy = Person["group"]["policy"];
type Body = Parameters<Transport>[0]["body"];
