// What a gate hears is what the server decided of that very call; it hears in time; a refusal that is remembered refuses nobody
// who would have been admitted; and what nobody waits for any more is not counted.

import type { Command } from "../../store/redis/index.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";

const SAME = "a gate hears what the server decided of that call";
const IN_TIME = "a decision takes no longer than its deadline";
const EXACT = "a remembered refusal refuses nobody who would have been admitted";
const NOT_LATE = "what nobody waits for any more is not counted";

/** Clocks drift, and timers have fractions. */
const SLACK_MS = 2;
/** Nothing is remembered longer, so a server that changed is known to have done so after that. */
const REMEMBERED_MS_MAX = 1_000;

interface Question {
  readonly askedMs: number;
  /** Its gate went on without an answer. */
  isOver: boolean;
  verdict: Verdict | undefined;
  /** When the server decided. */
  decidedMs: number;
}

/** The last that a process heard of the server. */
interface Heard {
  readonly atMs: number;
  /** When it was said: an answer may be on its way while the server's clock is set. */
  readonly saidMs: number;
}

export class Decisions implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  readonly #questions = new Map<number, Question>();
  readonly #heard = new Map<Process, Heard>();
  #changedMs = Number.NEGATIVE_INFINITY;
  #postedMs = Number.NEGATIVE_INFINITY;

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  asked(_process: Process, { ticket }: Ticketed): void {
    const askedMs = this.#world.nowMs;
    this.#questions.set(ticket, { askedMs, isOver: false, verdict: undefined, decidedMs: 0 });
  }

  counted(host: Process, { ticket }: Ticketed, verdict: Verdict): void {
    const question = this.#questions.get(ticket);
    if (question === undefined) return;
    question.verdict = verdict;
    question.decidedMs = this.#world.nowMs;
    if (!question.isOver) return;
    this.#questions.delete(ticket);
    // A process that has just begun does not know the server's clock yet.
    const heard = this.#heard.get(host);
    if (heard === undefined || heard.saidMs <= this.#changedMs || !host.isAlive) return;
    if (heard.atMs > question.askedMs) return;
    const lateMs = this.#world.nowMs - question.askedMs;
    if (lateMs <= this.#lateMs) return;
    this.#world.broken(NOT_LATE, `${host.name}, question ${ticket}: ${lateMs} ms after it`);
  }

  told(host: Process, admission: Ticketed, verdict: Verdict | undefined): void {
    const { ticket } = admission;
    const question = this.#questions.get(ticket);
    if (question === undefined) return;
    question.isOver = true;
    const wasDecidedThere = verdict !== undefined && verdict.local === undefined;
    if (wasDecidedThere || question.verdict !== undefined) this.#questions.delete(ticket);
    const tookMs = this.#world.nowMs - question.askedMs;
    if (tookMs > this.#world.scenario.limits.deadlineMs * 1.001 + SLACK_MS) {
      this.#world.broken(IN_TIME, `${host.name} waited ${tookMs} ms in question ${ticket}`);
    }
    if (verdict === undefined || !wasDecidedThere) return;
    if (question.verdict !== undefined) {
      this.#heard.set(host, { atMs: this.#world.nowMs, saidMs: question.decidedMs });
      if (verdict === question.verdict) return;
      this.#world.broken(SAME, `${host.name} heard another answer to question ${ticket}`);
    } else this.#checkRemembered(host, admission, verdict);
  }

  done(_process: Process, { kind }: Command): void {
    // What is told afterwards takes the place of the oldest.
    if (kind === "post") this.#postedMs = this.#world.nowMs;
  }

  serverChanged(): void {
    this.#changedMs = this.#world.nowMs;
  }

  #checkRemembered(host: Process, admission: Ticketed, verdict: Verdict): void {
    if (verdict.admitted) {
      this.#world.broken(SAME, `${host.name} admitted ${admission.ticket} without asking`);
      return;
    }
    if (this.#world.nowMs - this.#changedMs <= 2 * REMEMBERED_MS_MAX) return;
    const { limits } = this.#stores;
    const waitMs = limits.counters.waitMs(admission, limits.nowMs);
    const ids = admission.windows.map(({ id }) => id).join(", ");
    if (waitMs === 0) this.#world.broken(EXACT, `${host.name} refused ${ids}, which had room`);
    else this.#checkWait(host, admission, verdict);
  }

  /** Of the window that refused: in others, places may have been taken since. */
  #checkWait(host: Process, { windows }: Ticketed, verdict: Verdict): void {
    if (verdict.admitted || this.#world.nowMs - this.#postedMs <= REMEMBERED_MS_MAX) return;
    const { limits } = this.#stores;
    const full = windows.filter((_, index) => index === verdict.refusedBy.index);
    const waitMs = limits.counters.waitMs({ windows: full, slots: [] }, limits.nowMs);
    if (verdict.retryAfterMs + SLACK_MS >= waitMs) return;
    const found = `${host.name} said ${verdict.retryAfterMs} ms of ${waitMs} ms`;
    this.#world.broken("a remembered refusal says no shorter a wait", found);
  }

  /** Twice the deadline by the server's clock, which is known to within a way there and back: another deadline. */
  get #lateMs(): number {
    return 3 * this.#world.scenario.limits.deadlineMs + SLACK_MS;
  }
}
