// A caller in real time: our own client over the platform's `fetch`, or somebody else's policy over the same. It makes the
// calls that its habit makes in a simulation of the same seed. The way to the nodes and back takes what the scenario says.

import { type Clock, type Random, systemClock } from "../../../src/base/index.ts";
import { type Client, createClient, fetchTransport } from "../../../src/client/index.ts";
import type { Transport } from "../../../src/client/transport/transport.ts";
import type { AnyWire } from "../../../src/contract/index.ts";
import type { Answer } from "../../../src/gate/index.ts";
import type { Person } from "../../../src/sim/nodes/people.ts";
import { drawDelay, type SimWorld } from "../../../src/sim/run/sim-world.ts";
import { CALL_HEADER, callQuery, readTarget } from "../../../src/sim/subject/call-name.ts";
import { Habit } from "../../../src/sim/traffic/habit.ts";
import { Leaving } from "../../../src/sim/traffic/leaving.ts";
import { policyOf, tryWith } from "../../../src/sim/traffic/policies.ts";
import { requestFor } from "../../../src/sim/traffic/request-for.ts";
import { ORIGIN } from "../../../src/sim/traffic/sim-transport.ts";
import type { Notes } from "./notes.ts";
import type { RealNode } from "./real-node.ts";

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
  readonly #leaving = new Set<Leaving>();
  #hasStopped = false;
  #calls = 0;
  underWay = 0;

  constructor(around: Surroundings, person: Person) {
    this.#around = around;
    this.#person = person;
    this.#random = around.world.random(`patience of ${person.name}`);
    if (person.group.policy !== "sluice") return;
    this.#client = createClient(around.wire, {
      apiKey: person.secret,
      baseUrl: ORIGIN + around.wire.basePath,
      transport: this.#transport,
      random: around.world.random(`client ${person.name}`),
      onEvent: () => undefined,
      ...around.world.subject.clientOf(person.group),
    });
  }

  /** Each call at its moment of the play, however late the timer of the one before it was. */
  start(): void {
    const { group, name } = this.#person;
    const { world } = this.#around;
    const { durationMs, recoveryMs } = world.scenario;
    const random = world.random(`caller ${name}`);
    const habit = new Habit(world.subject, group, durationMs + recoveryMs, random);
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
    for (const leaving of this.#leaving) leaving.leave(new Error("the caller stopped"));
  }

  close(): void {
    this.#client?.close();
  }

  async #call(operation: string): Promise<void> {
    const { nowMs, notes } = this.#around;
    const { name: caller } = this.#person;
    const begunMs = nowMs();
    const name = `${caller}#${this.#calls++}`;
    const query = callQuery(operation, name);
    this.underWay++;
    const isDone = this.#client
      ? await this.#client.call(operation, { query } as never).then(
          () => true,
          () => false,
        )
      : await this.#callAsOthers(operation, name);
    this.underWay--;
    notes.called({ caller, begunMs, endedMs: nowMs(), isDone });
  }

  async #callAsOthers(operation: string, name: string): Promise<boolean> {
    const leaving = new Leaving();
    this.#leaving.add(leaving);
    const { subject } = this.#around.world;
    const { method, url, headers: own } = requestFor(subject, operation, name, this.#person.secret);
    const headers = Object.fromEntries(own);
    const send = async (): Promise<Answer> => {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(ATTEMPT_MS)]);
      const answer = await this.#send({ method, url, headers, signal });
      const body = (await answer.text?.(10_000)) ?? "";
      return { status: answer.status, headers: [...answer.headers()].flat(), body } as Answer;
    };
    const policy = policyOf(this.#person.group.policy as Exclude<Policy, "sluice">);
    const random = this.#random;
    const answer = await tryWith(policy, method, send, { clock, random, leaving });
    this.#leaving.delete(leaving);
    return answer !== undefined;
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
    const { target, call } = readTarget(request.url.slice(ORIGIN.length));
    const url = `http://127.0.0.1:${node.port}${target}`;
    const headers = { ...request.headers, [CALL_HEADER]: call };
    try {
      await clock.sleep(wayMs(), request.signal);
      const answer = await this.#fetched({ body: undefined, ...request, url, headers });
      await clock.sleep(wayMs(), request.signal);
      return await answer();
    } finally {
      notes.sent({ caller: this.#person.name, sentMs, heardMs: nowMs() });
    }
  }
}

type Policy = Person["group"]["policy"];
type Body = Parameters<Transport>[0]["body"];
