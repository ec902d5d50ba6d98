// What is seen of one run: calls with their beginnings and ends, requests and their answers by time, and what was charged.

import type { Onlooker } from "sluice/sim";

/** As fine as moments are told. */
export const BIN_MS = 500;

export interface Times {
  readonly fromMs: number;
  readonly endMs: number;
  /** When callers stop: what comes after it is not looked at. */
  readonly stopMs: number;
}

export interface Observed {
  readonly calls: readonly SeenCall[];
  /** By `BIN_MS` since the beginning. */
  readonly sent: readonly number[];
  readonly done: readonly number[];
  readonly refused: readonly number[];
  readonly unanswered: readonly number[];
  /** How often each code was answered. */
  readonly codes: ReadonlyMap<string, number>;
  /** The same of what was asked before anything was out. */
  readonly codesBefore: ReadonlyMap<string, number>;
  /** The same of what was asked once it was over. */
  readonly codesAfter: ReadonlyMap<string, number>;
  readonly degraded: number;
  readonly credits: number;
  /** Charges for what was not done: there must be none. */
  readonly wrongCharges: number;
  /** Calls that were charged more than once. */
  readonly chargedTwice: number;
}

export interface SeenCall {
  readonly begunMs: number;
  readonly endedMs: number;
  readonly isDone: boolean;
}

export class Observer implements Observed {
  readonly calls: SeenCall[] = [];
  readonly sent: number[];
  readonly done: number[];
  readonly refused: number[];
  readonly unanswered: number[];
  readonly codes = new Map<string, number>();
  readonly codesBefore = new Map<string, number>();
  readonly codesAfter = new Map<string, number>();
  degraded = 0;
  credits = 0;
  wrongCharges = 0;
  chargedTwice = 0;
  readonly #charges = new Map<string, number>();

  readonly #times: Times;

  constructor(times: Times) {
    this.#times = times;
    const bins = Math.ceil(times.stopMs / BIN_MS);
    const zeros = () => Array.from({ length: bins }, () => 0);
    [this.sent, this.done, this.refused, this.unanswered] = [zeros(), zeros(), zeros(), zeros()];
  }

  readonly onlooker: Onlooker = {
    called: ({ begunMs, endedMs, isDone }) => this.calls.push({ begunMs, endedMs, isDone }),
    sent: ({ sentMs }) => count(this.sent, sentMs),
    answered: ({ sentMs, endedMs, status, code, isDegraded }) => {
      if (status === undefined) count(this.unanswered, endedMs);
      else count(status < 400 ? this.done : this.refused, endedMs);
      if (code !== undefined) this.#addCode(code, sentMs);
      if (isDegraded) this.degraded++;
    },
    charged: ({ call, credits, isDone }) => {
      this.credits += credits;
      if (!isDone) this.wrongCharges++;
      const before = this.#charges.get(call) ?? 0;
      this.#charges.set(call, before + 1);
      if (before === 1) this.chargedTwice++;
    },
  };

  #addCode(code: string, sentMs: number): void {
    const { fromMs, endMs } = this.#times;
    add(this.codes, code);
    if (sentMs < fromMs) add(this.codesBefore, code);
    if (sentMs >= endMs) add(this.codesAfter, code);
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function count(bins: number[], atMs: number): void {
  const bin = Math.floor(atMs / BIN_MS);
  if (bin < bins.length) bins[bin] = (bins[bin] ?? 0) + 1;
}
