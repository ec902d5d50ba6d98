/** One run of a check: it asks within its bounds, waits its turn where the API tells it to, and keeps what it saw. */
import { mintKey } from "sluice";
import type { Clock, Random } from "sluice/base";
import {
  type CheckAnswer,
  type CheckRequest,
  codeIn,
  type Exchange,
  type Expected,
  headerOf,
  type Send,
} from "./exchange.ts";
import type { Bounds, Target } from "./target.ts";

export interface SessionOptions {
  readonly target: Target;
  readonly send: Send;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds: Bounds;
  /** Hears of waits that are worth a line. */
  readonly onWait: (what: string, ms: number) => void;
  /** Hears of what takes long, before it begins. */
  readonly onSay: (what: string) => void;
}

export interface AskOptions {
  readonly expected?: Expected;
  /** Whether a full rate window is an answer like any other. @default it is waited for, and asked again */
  readonly asItComes?: boolean;
}

/** The run has used up what it may use; everything that comes later was not provoked. */
export class OutOfBounds extends Error {
  override readonly name = "OutOfBounds";
}

/** More often, and the API does not mean what it says. */
const TURNS_MAX = 3;
const PAUSE_MS_MIN = 25;

export class Session {
  readonly target: Target;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds: Bounds;
  readonly #send: Send;
  readonly #onWait: SessionOptions["onWait"];
  readonly say: SessionOptions["onSay"];
  readonly #exchanges: Exchange[] = [];
  #pages = 0;
  readonly #startedMs: number;
  readonly #strangers: string[] = [];
  readonly #remembered = new Map<string, Promise<unknown>>();

  constructor({ target, send, clock, random, bounds, onWait, onSay }: SessionOptions) {
    this.target = target;
    this.clock = clock;
    this.random = random;
    this.bounds = bounds;
    this.#send = send;
    this.#onWait = onWait;
    this.say = onSay;
    this.#startedMs = clock.monotonicMs();
  }

  /** Everything so far, in the order of the answers. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** Every key that was sent: those that were given, and those that were made up. */
  get secrets(): readonly string[] {
    return [...Object.values(this.target.keys), ...this.#strangers];
  }

  /** A key as the contract forms it, which nobody has. */
  strangersKey(): string {
    const key = mintKey(this.target.api.wire.key, "live", this.random);
    this.#strangers.push(key);
    return key;
  }

  /** @throws OutOfBounds */
  async ask(request: CheckRequest, { expected, asItComes }: AskOptions = {}): Promise<Exchange> {
    for (let turn = 1; ; turn++) {
      const exchange = await this.#askOnce(request, expected);
      const waitMs = asItComes ? undefined : this.#fullFor(exchange);
      if (waitMs === undefined || turn === TURNS_MAX) return exchange;
      await this.wait("the rate limit, as the API says", waitMs);
    }
  }

  /** @throws OutOfBounds where there is no time left for it */
  async wait(what: string, ms: number): Promise<void> {
    const leftMs = this.#startedMs + this.bounds.durationMsMax - this.clock.monotonicMs();
    if (ms > leftMs) {
      throw new OutOfBounds(`more time: --max-seconds is ${this.bounds.durationMsMax / 1_000}`);
    }
    if (ms >= 500) this.#onWait(what, ms);
    await this.clock.sleep(ms + PAUSE_MS_MIN);
  }

  /** Does it once in a run. */
  remember<T>(name: string, find: () => Promise<T>): Promise<T> {
    const known = this.#remembered.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const found = find();
    this.#remembered.set(name, found);
    return found;
  }

  /** Asks for a page of the documents, which counts like any other request. @throws OutOfBounds */
  async askPage(ask: (url: string) => Promise<number>, url: string): Promise<number | string> {
    this.#stayInBounds();
    this.#pages++;
    return ask(url).catch(reasonOf);
  }

  /** Of the API and of its documents. */
  get requests(): number {
    return this.#exchanges.length + this.#pages;
  }

  #stayInBounds(): void {
    const { requestsMax, durationMsMax } = this.bounds;
    if (this.requests >= requestsMax) {
      throw new OutOfBounds(`more requests: --max-requests is ${requestsMax}`);
    }
    if (this.clock.monotonicMs() - this.#startedMs > durationMsMax) {
      throw new OutOfBounds(`more time: --max-seconds is ${durationMsMax / 1_000}`);
    }
  }

  async #askOnce(request: CheckRequest, expected: Expected | undefined): Promise<Exchange> {
    this.#stayInBounds();
    const sentMs = this.clock.monotonicMs();
    const came = await this.#send(request).then(
      (answer) => ({ answer, failure: undefined }),
      (error: unknown) => ({ answer: undefined, failure: reasonOf(error) }),
    );
    const exchange = {
      ...came,
      ...{ request, expected, sentMs },
      receivedMs: this.clock.monotonicMs(),
      receivedWallMs: this.clock.wallMs(),
    };
    this.#exchanges.push(exchange);
    return exchange;
  }

  /** How long a window is full that has nothing to do with what was asked. */
  #fullFor(exchange: Exchange): number | undefined {
    const { request, answer, expected } = exchange;
    if (answer === undefined) return undefined;
    const { wire } = this.target.api;
    const code = codeIn(wire, exchange);
    // By the code, whatever the status; to a HEAD the headers are all that there is.
    const conditions =
      code === undefined
        ? request.method === "HEAD" && saysLater(answer)
          ? ["rate_limited"]
          : []
        : wire.spellings.conditionsOf(code);
    if (!conditions.includes("rate_limited")) return undefined;
    if (expected !== undefined && conditions.includes(expected.condition)) return undefined;
    return 1_000 * (Number(headerOf(answer, "Retry-After")) || 1);
  }
}

function saysLater(answer: CheckAnswer): boolean {
  return answer.status === 429 || headerOf(answer, "Retry-After") !== undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
