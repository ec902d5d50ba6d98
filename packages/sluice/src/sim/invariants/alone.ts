// While the server is away each process counts exactly by itself, says so, asks seldom, and afterwards tells what was not heard.

import type { LogRow } from "../../gate/index.ts";
import type { Command, ShardCommand } from "../../store/redis/index.ts";
import type { PartFault } from "../network/fault-board.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";

const BOUND = "a process alone admits no more than the limit";
const ANNOUNCED = "an answer says when limits were counted without their store, and only then";
const SELDOM = "a server that does not answer is asked seldom";
const TOLD = "what the server was never asked it is told before anything else of that window";
const ONLY = "the server is told only of what it was never asked";
/** The first wait of a breaker, less its spread and a drift of clocks. */
const PROBE_MS_MIN = 190;
const FAILURES_MAX = 5;
const SLACK_MS = 5;
/** Clocks drift by up to so much. */
const DRIFT = 0.001;

/** A place, and the question by which it was taken: what is asked after it in the same turn is told after it. */
interface Unheard {
  readonly ticket: number;
  readonly atMs: number;
}

interface Alone {
  /** By window: when places were taken here. */
  readonly places: Map<string, number[]>;
  /** By window: places that the server was not asked for, nor told of since. */
  readonly unheard: Map<string, readonly Unheard[]>;
  /** What was told, and has not been heard as far as we know. */
  readonly telling: Set<Command>;
  readonly asked: Map<number, { readonly atMs: number; wasSent: boolean }>;
  outage: PartFault | undefined;
  /** Since the outage began: when batches left. */
  readonly batchesMs: number[];
  /** By request: whether it was decided here. */
  readonly decidedHere: Map<string, boolean>;
}

export class CountingAlone implements Watcher {
  readonly #world: SimWorld;
  readonly #processes = new Map<Process, Alone>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  done(host: Process, command: Command): void {
    if (command.kind === "post") this.#of(host).telling.delete(command);
  }

  asked(host: Process, { ticket }: Ticketed): void {
    this.#of(host).asked.set(ticket, { atMs: this.#world.nowMs, wasSent: false });
  }

  sent(host: Process, { ticket, windows }: Ticketed): void {
    const { asked, unheard } = this.#of(host);
    const question = asked.get(ticket);
    if (question === undefined) return;
    question.wasSent = true;
    for (const { id, windowMs } of windows) {
      const newest = unheard.get(id)?.findLast((place) => place.ticket < ticket);
      const sinceMs = question.atMs - (newest?.atMs ?? Number.POSITIVE_INFINITY);
      if (sinceMs <= 0) continue;
      forget(unheard, id, ticket);
      if (sinceMs >= windowMs * (1 - DRIFT) - SLACK_MS) continue;
      this.#world.broken(TOLD, `${host.name} took a place in ${id} ${sinceMs} ms before`);
    }
  }

  batched(host: Process, batch: readonly ShardCommand[]): void {
    const alone = this.#of(host);
    for (const [at, { command }] of batch.entries()) {
      if (command.kind !== "post") continue;
      // A batch of which nothing was done, since the server's clock was set, is sent once more: the same, whatever came since.
      if (alone.telling.has(command)) continue;
      alone.telling.add(command);
      const before = ticketBehind(batch, at);
      const { id, places } = command;
      const told = places.reduce((sum, { cost }) => sum + cost, 0);
      const mine = alone.unheard.get(id)?.filter(({ ticket }) => ticket < before);
      const unheard = mine?.length ?? 0;
      // Told, whether or not it is heard: told again, it would count twice.
      forget(alone.unheard, id, before);
      if (told <= unheard) continue;
      this.#world.broken(ONLY, `${host.name} tells of ${told} places in ${id}, not ${unheard}`);
    }
    this.#checkSeldom(host, alone);
  }

  #checkSeldom(host: Process, alone: Alone): void {
    const { nowMs, scenario, faults } = this.#world;
    const fault = faults.on("limits", host.node);
    const outage = fault?.kind === "slow" ? undefined : fault;
    const { deadlineMs } = scenario.limits;
    if (outage !== alone.outage) {
      alone.outage = outage;
      alone.batchesMs.length = 0;
    }
    // What was sent before the outage may still be answered, and is no failure.
    if (outage === undefined || nowMs < outage.fromMs + deadlineMs) return;
    const failed = alone.batchesMs.filter((ms) => ms < nowMs - deadlineMs - SLACK_MS).length;
    const sinceMs = nowMs - (alone.batchesMs.at(-1) ?? Number.NEGATIVE_INFINITY);
    alone.batchesMs.push(nowMs);
    if (failed < FAILURES_MAX || sinceMs >= PROBE_MS_MIN) return;
    const found = `${host.name} asked again after ${sinceMs} ms, ${failed} failures in a row`;
    this.#world.broken(SELDOM, found);
  }

  told(host: Process, { ticket, windows, slots }: Ticketed, verdict: Verdict | undefined): void {
    const alone = this.#of(host);
    const question = alone.asked.get(ticket);
    alone.asked.delete(ticket);
    const isHere = verdict === undefined || verdict.local !== undefined;
    // Slots alone are those of a job: of them no answer tells.
    if (windows.length > 0) for (const { member } of slots) alone.decidedHere.set(member, isHere);
    if (verdict?.local === undefined || !verdict.admitted) return;
    const { nowMs } = this.#world;
    const { atMs = 0, wasSent = false } = question ?? {};
    for (const { id, limit, windowMs } of windows) {
      const places = alone.places.get(id) ?? [];
      alone.places.set(id, places);
      places.push(atMs);
      // Taken at some moment between question and answer: what breaks the law, whichever it was.
      while (nowMs - (places[0] as number) >= windowMs * (1 - DRIFT) - SLACK_MS) places.shift();
      if (places.length > limit) {
        const found = `${host.name} admitted ${places.length} of ${limit} in ${id}`;
        this.#world.broken(BOUND, found);
      }
      if (wasSent) continue;
      alone.unheard.set(id, [...(alone.unheard.get(id) ?? []), { ticket, atMs }]);
    }
  }

  row(host: Process, { requestId, degraded, condition, ending }: LogRow): void {
    const isHere = this.#of(host).decidedHere.get(requestId);
    this.#of(host).decidedHere.delete(requestId);
    if (isHere === undefined) return;
    const isSaid = degraded?.includes("limits") === true;
    // A contract that closes says it by refusing, unless its caller has left.
    const isClosed = this.#world.subject.limitsDown === "closed";
    const isRefused = condition === "unavailable" || ending === "abandoned";
    if (isSaid === isHere || (isClosed && isRefused)) return;
    this.#world.broken(ANNOUNCED, `${requestId} of ${host.name} says ${degraded ?? "nothing"}`);
  }

  died(host: Process): void {
    this.#processes.delete(host);
  }

  #of(host: Process): Alone {
    const known = this.#processes.get(host);
    if (known !== undefined) return known;
    const alone: Alone = {
      places: new Map(),
      unheard: new Map(),
      telling: new Set(),
      asked: new Map(),
      outage: undefined,
      batchesMs: [],
      decidedHere: new Map(),
    };
    this.#processes.set(host, alone);
    return alone;
  }
}

/** The question that a post goes before; one that goes alone has all that was taken until now. */
function ticketBehind(batch: readonly ShardCommand[], post: number): number {
  for (let at = post + 1; at < batch.length; at++) {
    const { command } = batch[at] as ShardCommand;
    if (command.kind === "admit") return (command.admission as Ticketed).ticket;
  }
  return Number.POSITIVE_INFINITY;
}

function forget(unheard: Alone["unheard"], id: string, before: number): void {
  const left = unheard.get(id)?.filter(({ ticket }) => ticket >= before) ?? [];
  if (left.length === 0) unheard.delete(id);
  else unheard.set(id, left);
}
