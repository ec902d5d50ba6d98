// Each answer is the caller's own, has an id that leads to its row, says when to come back, and shows nothing of ours.

import { uuidTimeMs } from "../../base/index.ts";
import type { LogRow } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Process, Watcher } from "../run/watcher.ts";
import { headerOf } from "../traffic/sim-transport.ts";

const OWN = "an answer is the one to that call";
const ID = "each answer has an id of its own, and the log its row";
const COME_BACK = "each 429 and 503 says when to come back";
const NOTHING_OF_OURS = "no answer shows what went wrong inside, nor a key";

const INSIDE = /the work failed|StoreDown|LimitsDown|LOADING| at \w+ \(|sim_live_\w{20}/;

export class Answers implements Watcher {
  readonly #world: SimWorld;
  /** Statuses by request id, until the answer has come. */
  readonly #rows = new Map<string, number>();
  readonly #seen = new Set<string>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  row(_process: Process, row: LogRow): void {
    const { requestId, status } = row;
    if (this.#rows.has(requestId)) this.#world.broken(ID, `${requestId} has two rows`);
    this.#rows.set(requestId, status);
  }

  ended(attempt: Attempt): void {
    const { answer, nonce, accountId, operation } = attempt;
    if (answer === undefined) return;
    const { status } = answer;
    const body = String(answer.body);
    const requestId = headerOf(answer, "x-request-id") ?? "";
    if (!this.#hasRow(requestId, attempt) || uuidTimeMs(requestId) === undefined) {
      this.#world.broken(ID, `${nonce} got "${requestId}" with ${status}`);
    }
    if (this.#seen.has(requestId)) this.#world.broken(ID, `${requestId} came twice`);
    this.#seen.add(requestId);
    const retryAfter = headerOf(answer, "retry-after");
    if ((status === 429 || status === 503) && !/^[1-9]\d*$/.test(retryAfter ?? "")) {
      this.#world.broken(COME_BACK, `${nonce} got ${status} with "${retryAfter}"`);
    }
    if (INSIDE.test(body)) this.#world.broken(NOTHING_OF_OURS, `${nonce} got ${body}`);
    if (status === 200 && operation === "tell") this.#checkEvents(body, nonce, accountId);
    else if (status === 200) this.#checkOwn(body, nonce, accountId, operation);
  }

  /** Of one that streams it says how that ended, and comes behind its end. */
  #hasRow(requestId: string, { operation, answer, isCut }: Attempt): boolean {
    const status = this.#rows.get(requestId);
    if (operation !== "tell" || answer?.status !== 200) return status === answer?.status;
    return isCut || status !== undefined;
  }

  #checkEvents(text: string, nonce: string, accountId: string): void {
    for (const event of text.split("\n\n")) {
      const data = /^data: (.*nonce.*)$/m.exec(event)?.[1];
      if (data !== undefined) this.#checkOwn(data, nonce, accountId, "tell");
    }
  }

  #checkOwn(body: string, nonce: string, accountId: string, operation: string): void {
    const said = JSON.parse(body) as { readonly nonce?: string; readonly account?: string };
    if (said.nonce === nonce && said.account === accountId) return;
    this.#world.broken(OWN, `${operation} ${nonce} of ${accountId} got ${body}`);
  }
}
