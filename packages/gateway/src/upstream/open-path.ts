// The way to an upstream past the gate, for paths that need no key: streams both ways, nothing of it counted or charged.

import type { Clock } from "sluice/base";
import {
  type Answer,
  type AnswerStream,
  type Call,
  type PassedBody,
  STATUS_UPGRADED,
} from "sluice/gate";
import type { ArrivingBody } from "./arriving-body.ts";
import type { Arrival, Reception } from "./exchange.ts";
import type { Exchanges } from "./exchanges.ts";
import { ticksIn } from "./quiet-watch.ts";
import { headersOfCall } from "./request-headers.ts";

export interface OpenPathOptions {
  /** What a caller hears when the upstream cannot be reached: the contract's `unavailable`. */
  readonly unavailable: (call: Call) => Answer;
  /** Headers that stay here, in lower case: those of keys. @default none */
  readonly droppedHeaders?: ReadonlySet<string>;
  /** Silence before the head of an answer after which there will be none. @default 30,000 */
  readonly headTimeoutMs?: number;
  /** How long an upgraded connection may last, from its handshake's answer on; then it ends at both ends. @default 3,600,000 */
  readonly upgradedMsMax?: number;
}

/** Sends one call to the upstream and answers it. Never rejects. */
export type OpenPath = (call: Call) => Promise<Answer>;

const NONE: ReadonlySet<string> = new Set();

export function openPathTo(exchanges: Exchanges, options: OpenPathOptions): OpenPath {
  const { settings } = exchanges;
  const { unavailable, droppedHeaders = NONE, headTimeoutMs = 30_000 } = options;
  const inTime = endingAfter(options.upgradedMsMax ?? 3_600_000, settings.clock);
  const reception: Reception = {
    passes: "all",
    headTicksMax: ticksIn(headTimeoutMs),
    idleTicksMax: ticksIn(settings.idleTimeoutMs),
  };
  return async (call) => {
    const body = bodyOf(call);
    const target = settings.pathPrefix + call.target;
    const headers = headersOfCall(call, body?.length, settings, droppedHeaders);
    const { method, upgrade } = call;
    const exchange = exchanges.begin({ method, target, headers, body, upgrade }, reception);
    const stopListening = call.onAbort(() => exchange.abandon(new Error("the caller left")));
    try {
      return toAnswer(await exchange.arrival, method, inTime);
    } catch (error) {
      if (!call.aborted) exchanges.tell(error);
      return unavailable(call);
    } finally {
      stopListening();
    }
  };
}

/** Ends a body in time; returns the way to stop waiting for that. */
type Ending = (body: ArrivingBody) => () => void;

/** What still waits is dropped; both ends see an end like any other. */
function endingAfter(ms: number, clock: Clock): Ending {
  return (body) => clock.after(ms, () => body.cancel());
}

/** A request without framing headers has no body (RFC 9112 §6.3). */
function bodyOf(call: Call): PassedBody | undefined {
  const length = call.header("content-length");
  if (length === "0") return undefined;
  if (length === undefined && call.header("transfer-encoding") === undefined) return undefined;
  return call.openBody();
}

function toAnswer(arrival: Arrival, method: string, inTime: Ending): Answer {
  const { status, headers, body, length } = arrival;
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    // What an upstream says to the gate stays with us.
    if (!headers[i]?.startsWith("sluice-")) kept.push(headers[i] ?? "", headers[i + 1] ?? "");
  }
  if (method === "HEAD") {
    // The length of a body that is not sent (RFC 9110 §8.6); of one that is whole, the door would count none.
    if (length !== undefined) kept.push("content-length", String(length));
    return { status, headers: kept, body: NO_BODY };
  }
  const isPieces = typeof body === "object" && "next" in body;
  if (!isPieces) return { status, headers: kept, body };
  const stopTiming = status === STATUS_UPGRADED ? inTime(body) : undefined;
  return { status, headers: kept, body: new OpenStream(body, length, stopTiming) };
}

const NO_BODY: AnswerStream = {
  next: () => Promise.resolve(undefined),
  cancel: () => undefined,
};

/** Pieces as they come. One that breaks off breaks the caller's connection, who has the status already. */
class OpenStream implements AnswerStream {
  readonly length: number | undefined;
  readonly #source: ArrivingBody;
  readonly #stopTiming: (() => void) | undefined;

  constructor(source: ArrivingBody, length?: number, stopTiming?: () => void) {
    this.#source = source;
    this.length = length;
    this.#stopTiming = stopTiming;
  }

  get broken(): boolean {
    return this.#source.broken;
  }

  next(): Promise<Uint8Array | undefined> {
    const next = this.#source.nextOrEnd();
    const stopTiming = this.#stopTiming;
    if (stopTiming !== undefined) void next.then((piece) => piece ?? stopTiming());
    return next;
  }

  cancel(): void {
    this.#stopTiming?.();
    this.#source.cancel();
  }
}
