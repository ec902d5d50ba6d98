// Each answer is the caller's own, has an id that leads to its row, says when to come back, and shows nothing of ours.

import { uuidTimeMs } from "../../base/index.ts";
import { headerIn } from "../../contract/index.ts";
import type { Answer, LogRow } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Process, Watcher } from "../run/watcher.ts";
import { shownIn, shownInEvents } from "../subject/call-name.ts";

const OWN = "an answer is the one to that call";
const ID = "each answer has an id of its own, and the log its row";
const COME_BACK = "each 429 and 503 says when to come back";
const NOTHING_OF_OURS = "no answer shows what went wrong inside, nor a key";

const INSIDE = /the work failed|StoreDown|LimitsDown|LOADING| at \w+ \(/;

export class Answers implements Watcher {
  readonly #world: SimWorld;
  /** Statuses by request id, until the answer has come. */
  readonly #rows = new Map<string, number>();
  readonly #seen = new Set<string>();

  /** A key, of which a prefix may be shown. */
  readonly #key: RegExp;

  constructor(world: SimWorld) {
    this.#world = world;
    const { prefixes } = world.subject.api.wire.key;
    const prefix = (prefixes.live ?? "").replaceAll(/[^\w]/g, "\\$&");
    this.#key = new RegExp(`${prefix}\\w{20}`);
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
    const requestId = headerIn(answer.headers, "x-request-id") ?? "";
    if (!this.#hasRow(requestId, attempt) || uuidTimeMs(requestId) === undefined) {
      this.#world.broken(ID, `${nonce} got "${requestId}" with ${status}`);
    }
    if (this.#seen.has(requestId)) this.#world.broken(ID, `${requestId} came twice`);
    this.#seen.add(requestId);
    const retryAfter = headerIn(answer.headers, "retry-after");
    if ((status === 429 || status === 503) && !/^[1-9]\d*$/.test(retryAfter ?? "")) {
      this.#world.broken(COME_BACK, `${nonce} got ${status} with "${retryAfter}"`);
    }
    const isOurs = status >= 400 || isStream(answer);
    if ((isOurs && INSIDE.test(body)) || this.#key.test(body))
      this.#world.broken(NOTHING_OF_OURS, `${nonce} got ${body}`);
    if (status >= 300) return;
    for (const shown of isStream(answer) ? shownInEvents(body) : [shownIn(answer)]) {
      if (shown === undefined || (shown.call === nonce && shown.account === accountId)) continue;
      this.#world.broken(OWN, `${operation} ${nonce} of ${accountId} got ${body}`);
    }
  }

  /** Of one that streams it says how that ended, and comes behind its end. */
  #hasRow(requestId: string, { answer, isCut }: Attempt): boolean {
    const status = this.#rows.get(requestId);
    if (answer === undefined || !isStream(answer)) return status === answer?.status;
    return isCut || status !== undefined;
  }
}

function isStream(answer: Answer): boolean {
  return headerIn(answer.headers, "content-type")?.startsWith("text/event-stream") === true;
}
