// Tells somebody outside what callers see, in plain data.

import type { LogRow } from "../../gate/index.ts";
import type { EndedCall, Onlooker } from "../onlooker.ts";
import { isDegraded } from "../traffic/sim-transport.ts";
import type { SimWorld } from "./sim-world.ts";
import type { Attempt, Process, Watcher } from "./watcher.ts";

export class LookingOn implements Watcher {
  readonly #world: SimWorld;
  readonly #onlooker: Onlooker;
  /** By request, until its row is there: the call that it is for. */
  readonly #calls = new Map<string, string>();

  constructor(world: SimWorld, onlooker: Onlooker) {
    this.#world = world;
    this.#onlooker = onlooker;
  }

  ran(_process: Process, requestId: string, _accountId: string, call: string): void {
    this.#calls.set(requestId, call);
  }

  row(_process: Process, { requestId, charged, ending, status }: LogRow): void {
    const call = this.#calls.get(requestId);
    this.#calls.delete(requestId);
    if (call === undefined || charged === 0) return;
    const isDone = ending === "done" && status < 400;
    this.#onlooker.charged?.({ call, atMs: this.#world.nowMs, credits: charged, isDone });
  }

  tried({ group, operation, nonce, sentMs }: Attempt): void {
    this.#onlooker.sent?.({ group, operation, call: nonce, sentMs });
  }

  ended({ group, operation, nonce, sentMs, answeredMs, answer, code }: Attempt): void {
    this.#onlooker.answered?.({
      ...{ group, operation, call: nonce, sentMs, code },
      endedMs: answeredMs,
      status: answer?.status,
      isDegraded: answer !== undefined && isDegraded(answer),
    });
  }

  called(call: EndedCall): void {
    this.#onlooker.called?.(call);
  }
}
