/** Options, checked once and made whole: every policy of a client is put together here. */
import {
  assert,
  type Clock,
  createRequestIds,
  type Random,
  systemClock,
  systemRandom,
} from "../base/index.ts";
import { type AnyWire, environmentOf, limitFor } from "../contract/index.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { createOperationFinder, type OperationFinder } from "./call/operation-finder.ts";
import { type CreditOptions, createSpending, type Spending } from "./call/spending.ts";
import { type Backoff, type BackoffOptions, createBackoff } from "./decide/backoff.ts";
import { createSecret, type Secret } from "./errors/secret.ts";
import { createUserMessage, type UserMessage, type UserMessages } from "./errors/user-message.ts";
import { type ClientListener, createTell, pathOf, type Tell } from "./events.ts";
import { createRateReader, type RateReader } from "./failure/hints.ts";
import { Lane } from "./lane.ts";
import { ATTEMPTS_MAX, CALL_DEFAULTS, lintPolicies, type PolicySettings } from "./lint/lint.ts";
import {
  type Breaker,
  type BreakerOptions,
  type BreakerState,
  createBreaker,
} from "./policy/breaker.ts";
import { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from "./policy/budget.ts";
import type { Pacer, PacerOptions } from "./policy/pacer.ts";
import { createQueue, type Queue, type QueueOptions } from "./policy/queue.ts";
import { createSleepingWheel, type SleepingWheel } from "./policy/sleep.ts";
import { type ContractWindow, createPacing } from "./policy/window-set.ts";
import { fetchTransport, type Transport } from "./transport/transport.ts";

export interface DeadlineOptions {
  /** For a call with all its attempts and waits. @default 30,000 */
  readonly totalMs?: number;
  /** For one attempt, until the head of its answer. @default 10,000 */
  readonly attemptMs?: number;
  /** Between two pieces of a stream. @default 30,000 */
  readonly chunkMs?: number;
}

export interface ClientOptions {
  readonly apiKey: string;
  /** Where the API is, with its base path: `https://app.mavera.io/api/v1`. */
  readonly baseUrl: string;
  /** @default the platform's `fetch` */
  readonly transport?: Transport;
  /** 1 to 5. @default 3 */
  readonly attempts?: number;
  readonly deadline?: DeadlineOptions;
  /** A server that says to wait longer is not waited for: the call fails at once with `retryAt`. @default 120,000 */
  readonly waitMaxMs?: number;
  readonly backoff?: BackoffOptions;
  readonly budget?: RetryBudgetOptions | false;
  readonly breaker?: Omit<BreakerOptions, "onChange"> | false;
  readonly pacing?: PacerOptions | false;
  readonly queue?: Omit<QueueOptions, "onShed" | "slots" | "apart">;
  /** What `call` may spend in all. @default no cap */
  readonly credits?: CreditOptions;
  /** The plan that the key is on, where it is known: limits of the contract that depend on it are then paced from the start. */
  readonly plan?: string;
  /** What `userMessage` says, by code: the contract's pages, or your own. @default a sentence for each action */
  readonly userMessages?: UserMessages;
  /** The language of `userMessage` (BCP 47). @default "en" */
  readonly language?: string;
  /** @default nobody hears of anything, and warnings go to the console */
  readonly onEvent?: ClientListener;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface ClientSettings {
  readonly wire: AnyWire | undefined;
  readonly secret: Secret;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly attemptsMax: number;
  readonly deadline: Readonly<Required<DeadlineOptions>>;
  readonly waitMaxMs: number;
  readonly backoff: Backoff;
  readonly budget: RetryBudget | undefined;
  readonly pacer: Pacer | undefined;
  readonly queue: Queue;
  readonly wheel: SleepingWheel;
  readonly lane: Lane;
  readonly clock: Clock;
  readonly random: Random;
  readonly spending: Spending | undefined;
  readonly userMessage: UserMessage;
  /** A new idempotency key (UUIDv7). */
  readonly newKey: () => string;
  readonly findOperation: OperationFinder;
  /** Whether an address is under the API's own. */
  isOwn(url: string): boolean;
  /** Headers with the key where the contract wants it, unless its place is taken; never for another server. */
  withKey(headers: Readonly<Record<string, string>>, url: string): Readonly<Record<string, string>>;
  readonly tell: Tell;
  /** Whether anybody listens. */
  readonly isHeard: boolean;
  /** What the API's own answers say of its windows. */
  readonly readRate: RateReader;
  breakerOf(call: LogicalCall): Breaker | undefined;
}

const OPTIONS: readonly (keyof ClientOptions)[] = [
  "apiKey",
  "baseUrl",
  "transport",
  "attempts",
  "deadline",
  "waitMaxMs",
  "backoff",
  "budget",
  "breaker",
  "pacing",
  "queue",
  "credits",
  "plan",
  "userMessages",
  "language",
  "onEvent",
  "clock",
  "random",
];
const BREAKERS_MAX = 1_000;

export function settingsFrom(wire: AnyWire | undefined, options: ClientOptions): ClientSettings {
  checkOptions(options);
  const { apiKey, clock = systemClock, random = systemRandom } = options;
  const { totalMs, attemptMs } = CALL_DEFAULTS;
  const secret = createSecret(apiKey, wire?.key);
  const tell = createTell(options.onEvent, secret.redact);
  const windows = windowsOf(wire, options);
  const pacer =
    options.pacing === false ? undefined : createPacing(windows, options.pacing?.jitterMs);
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const isOwn = (url: string) => url.startsWith(`${baseUrl}/`);
  const settings = {
    wire,
    secret,
    baseUrl,
    transport: options.transport ?? fetchTransport(),
    attemptsMax: options.attempts ?? CALL_DEFAULTS.attempts,
    deadline: { totalMs, attemptMs, chunkMs: 30_000, ...options.deadline },
    waitMaxMs: options.waitMaxMs ?? CALL_DEFAULTS.waitMaxMs,
    backoff: createBackoff(options.backoff),
    budget: options.budget === false ? undefined : createRetryBudget(options.budget),
    pacer,
    wheel: createSleepingWheel(clock),
    clock,
    random,
    spending: options.credits && createSpending(options.credits),
    userMessage: createUserMessage(options.userMessages, options.language),
    findOperation: createOperationFinder(wire, baseUrl),
    isOwn,
    withKey: keyWriter(wire, apiKey, isOwn),
    newKey: createRequestIds(clock, random),
    tell,
    isHeard: options.onEvent !== undefined,
    readRate: createRateReader(),
    breakerOf: breakersOf(options.breaker, tell),
  };
  const queue = createQueue({
    ...options.queue,
    slots: slotsOf(wire, options.plan),
    apart: pacer?.apart ?? [],
    onShed: (ticket) => whole.lane.shed(ticket),
  });
  const whole: ClientSettings = Object.assign(settings, {
    queue,
    lane: new Lane({ ...settings, queue }),
  });
  for (const { level, message } of lintPolicies({ ...options, ...rateOf(windows) })) {
    assert(level === "warning", () => `createClient: ${message}`);
    tell({ kind: "warning", message });
  }
  if (wire !== undefined && environmentOf(wire.key, apiKey) === undefined) {
    const shape = `${wire.key.prefixes.live}… and ${wire.key.length} characters`;
    tell({ kind: "warning", message: `the key does not look like one of this API: ${shape}` });
  }
  return whole;
}

function keyWriter(
  wire: AnyWire | undefined,
  apiKey: string,
  isOwn: ClientSettings["isOwn"],
): ClientSettings["withKey"] {
  const [place] = wire?.key.places ?? [];
  const isBearer = place === undefined || "bearer" in place;
  const name = isBearer ? "authorization" : place.header.toLowerCase();
  const value = isBearer ? `Bearer ${apiKey}` : apiKey;
  return (headers, url) => {
    const isSent = name in headers || Object.values(headers).some((one) => one.includes(apiKey));
    return isOwn(url) && !isSent ? { ...headers, [name]: value } : headers;
  };
}

function checkOptions(options: ClientOptions): void {
  for (const name of Object.keys(options)) {
    assert(
      OPTIONS.some((option) => option === name),
      () => `createClient: nothing reads the option "${name}"; use ${OPTIONS.join(", ")}`,
    );
  }
  const { apiKey, baseUrl, attempts = 1 } = options;
  assert(typeof apiKey === "string" && apiKey !== "", "createClient: apiKey is missing");
  assert(/^https?:\/\//.test(baseUrl ?? ""), "createClient: baseUrl is no absolute address");
  assert(
    Number.isInteger(attempts) && attempts >= 1 && attempts <= ATTEMPTS_MAX,
    () => `createClient: attempts is ${attempts}; give 1 to ${ATTEMPTS_MAX}`,
  );
}

/**
 * Every window of the contract. How long one is, is known, and how wide, with the plan. What the caller knows better goes
 * in place of the first that counts every call.
 */
function windowsOf(
  wire: AnyWire | undefined,
  { pacing, plan }: ClientOptions,
): readonly ContractWindow[] {
  const declared = Object.entries(wire?.windows ?? {}).map(([name, window]): ContractWindow => {
    const limit = limitOf(window.limit, plan);
    const { windowMs, operations } = window;
    return { name, windowMs, operations, ...(limit !== undefined && { limit }) };
  });
  const given = pacing === false ? undefined : pacing?.window;
  if (given === undefined) return declared;
  const at = declared.findIndex(({ operations }) => operations === undefined);
  return at < 0 ? [given, ...declared] : declared.with(at, { ...declared[at], ...given });
}

/** The first that counts every call, where its limit is known. */
function rateOf(windows: readonly ContractWindow[]): PolicySettings {
  const { limit, windowMs = 0 } = windows.find(({ operations }) => operations === undefined) ?? {};
  return limit === undefined ? {} : { rate: { limit, windowMs } };
}

function slotsOf(wire: AnyWire | undefined, plan: string | undefined): QueueOptions["slots"] {
  return Object.entries(wire?.slots ?? {}).flatMap(([name, { limit, operations }]) => {
    const known = limitOf(limit, plan);
    return known === undefined ? [] : [{ name, limit: known, operations }];
  });
}

function limitOf(
  limit: Parameters<typeof limitFor>[0],
  plan: string | undefined,
): number | undefined {
  return typeof limit === "number" || plan !== undefined ? limitFor(limit, plan ?? "") : undefined;
}

/** One for each operation, so that a part of an API that is ill does not cut off the rest. */
function breakersOf(options: ClientOptions["breaker"], tell: Tell): ClientSettings["breakerOf"] {
  if (options === false) return () => undefined;
  const breakers = new Map<string, Breaker>();
  return ({ operation, method, url }) => {
    const name = operation ?? `${method} ${pathOf(url)}`;
    let breaker = breakers.get(name);
    if (breaker === undefined) {
      const onChange = (state: BreakerState) => tell({ kind: "breaker", operation: name, state });
      breaker = createBreaker({ ...options, onChange });
      // Addresses can be without number: then those that came first share their fate with none.
      if (breakers.size < BREAKERS_MAX) breakers.set(name, breaker);
    }
    return breaker;
  };
}
