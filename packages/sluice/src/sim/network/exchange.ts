// One request of a caller on its way to some node, and the answer on its way back; either may be late, get lost, or meet nobody.

import type { Random } from "../../base/index.ts";
import { type Answer, isAnswerStream } from "../../gate/index.ts";
import type { Cluster } from "../nodes/cluster.ts";
import { SimCall } from "../nodes/sim-call.ts";
import { drawDelay, type SimWorld } from "../run/sim-world.ts";
import type { Attempt } from "../run/watcher.ts";
import { Pieces } from "./pieces.ts";

export interface SimRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  readonly address: string;
}

/** Hears of the end, once. */
export interface Hearer {
  /** @param pieces What is to come of an answer that streams. */
  answered(answer: Answer, pieces: Pieces | undefined): void;
  failed(error: Error): void;
}

/** As Node's `fetch` has it: a `TypeError` whose cause has the code. */
function connectionError(code: string, message: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

export class Network {
  readonly #world: SimWorld;
  readonly #cluster: Cluster;
  readonly #random: Random;

  constructor(world: SimWorld, cluster: Cluster) {
    this.#world = world;
    this.#cluster = cluster;
    this.#random = world.random("network of callers");
  }

  /**
   * Sends it; returns the way to break it off.
   * @param node Only there. @default any
   */
  send(request: SimRequest, attempt: Attempt, hearer: Hearer, node?: number): () => void {
    const { clock } = this.#world;
    let isOver = false;
    let call: SimCall | undefined;
    const later = (go: () => void) => void clock.after(this.#delayMs(), go);
    const isLost = () => this.#random.integer(100) < this.#world.faults.lossPercent;
    const end = (tell: () => void) => {
      if (isOver) return;
      isOver = true;
      tell();
    };
    let pieces: Pieces | undefined;
    const fail = (error: Error) =>
      later(() => {
        pieces?.broke(error);
        end(() => hearer.failed(error));
      });
    const onBroken = () => fail(connectionError("ECONNRESET", "read ECONNRESET"));
    const arrive = () => {
      const host = this.#cluster.at(node ?? this.#random.integer(this.#cluster.size));
      if (isOver) return;
      if (host === undefined) {
        fail(connectionError("ECONNREFUSED", "connect ECONNREFUSED"));
        return;
      }
      attempt.host = host;
      attempt.arrivedMs = this.#world.nowMs;
      call = new SimCall(request);
      void host.receive(call, onBroken).then((answer) => {
        if (answer === undefined) return;
        if (isAnswerStream(answer.body)) {
          const { body } = answer;
          pieces = new Pieces({
            body,
            passes: () => host.passes(),
            isLost,
            later,
            onLeft() {
              host.hangUp(onBroken);
              call?.abort();
              body.cancel();
            },
            onSent: () => host.hangUp(onBroken),
          });
        } else if (isLost()) return;
        const dated = withDate(answer, host.clock.wallMs());
        later(() => end(() => hearer.answered(dated, pieces)));
      });
    };
    if (!isLost()) later(arrive);
    return () => {
      pieces?.leave(new Error("the caller left"));
      if (isOver) return;
      isOver = true;
      later(() => call?.abort());
    };
  }

  #delayMs(): number {
    return drawDelay(this.#world.scenario.network.callers, this.#random) / 2;
  }
}

/** Servers say what time they have, to the second, so that clients find out how wrong their own clock is: RFC 9110, 6.6.1. */
function withDate({ status, headers, body }: Answer, wallMs: number): Answer {
  return { status, headers: [...headers, "Date", dateOf(Math.floor(wallMs / 1_000))], body };
}

let lastSecond = Number.NaN;
let lastDate = "";

/** Most answers leave in a second in which another did. */
function dateOf(second: number): string {
  if (second !== lastSecond) {
    lastSecond = second;
    lastDate = new Date(second * 1_000).toUTCString();
  }
  return lastDate;
}
