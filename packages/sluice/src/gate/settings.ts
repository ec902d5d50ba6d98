/** Options, checked once and made whole: every default of the gate stands here. */
import {
  assert,
  type Clock,
  createRequestIds,
  type Digests,
  type Random,
  systemClock,
  systemDigests,
  systemRandom,
} from "../base/index.ts";
import {
  type AnyApi,
  type HeaderPolicy,
  keyHeaders,
  RATE_LIMIT_NAMES,
  REPLAYED,
} from "../contract/index.ts";
import type { Call } from "./call.ts";
import { Calls } from "./calls.ts";
import { type EventListener, printFaults } from "./events.ts";
import { RunningJobs } from "./jobs/running-jobs.ts";
import { type StartingJobs, startingJobsOf } from "./jobs/starting-jobs.ts";
import type { Peppers } from "./keys/key-digest.ts";
import {
  createKeyVerifier,
  KEYS_KNOWN_MAX,
  type KeyVerifier,
  UNKNOWN_PER_MINUTE,
} from "./keys/key-verifier.ts";
import { checkAnswers, type OperationSettings, operationsOf } from "./operations.ts";
import { ScopeFinder } from "./scope.ts";
import type { Bystander } from "./shadow/bystander.ts";
import type { ShadowOptions } from "./shadow/options.ts";
import {
  createSimulationCounter,
  type SimulationCounter,
} from "./simulation/simulation-counter.ts";
import type { SpendListener } from "./spend.ts";
import type { LogRow, Stores } from "./stores.ts";
import type { Answers } from "./upstream/answers.ts";
import { tellingStores } from "./upstream/telling-stores.ts";
import type { Upstream } from "./upstream/upstream.ts";

export interface GateOptions<A extends AnyApi = AnyApi> {
  readonly stores: Stores;
  readonly upstream: Upstream;
  /** A function for each operation that is `answeredBy: "gate"`. */
  readonly answers?: Answers<A>;
  /**
   * The secret that key digests are made with, 32 bytes or more; or several versions of it. Whoever has the
   * database but not this cannot match leaked keys against it.
   */
  readonly pepper: Peppers;
  /** Faults and degradations as they happen. @default one line each on the console's error stream */
  readonly onEvent?: EventListener;
  /**
   * Told of each answer, once, with its row in the log: for metrics and traces. An answer that streams is told of at its end.
   * @default nobody
   */
  readonly onAnswer?: AnswerListener;
  /**
   * Told who spends: after each charge, and after each refusal for want of credits or of room in a budget.
   * @default nobody
   */
  readonly onSpend?: SpendListener;
  /** Proxies in front of the gate that append to `X-Forwarded-For`. @default 0 */
  readonly trustedHops?: number;
  /** Look-ups of unknown keys that one address may cause a minute. @default 300 */
  readonly unknownKeysPerMinute?: number;
  /** Verified keys kept in memory. @default 10,000 */
  readonly keyCacheMax?: number;
  /** A second contract that decides beside this one, of which only the differences are told. @default none */
  readonly shadow?: ShadowOptions;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default the machine's */
  readonly random?: Random;
  /** What keys and bodies are known by; anything else than the machine's is for virtual time. @default the machine's */
  readonly digests?: Digests;
}

export type AnswerListener = (row: LogRow, call: Call) => void;

export interface Settings {
  readonly api: AnyApi;
  readonly stores: Stores;
  readonly upstream: Upstream;
  readonly onEvent: EventListener;
  readonly onAnswer: AnswerListener | undefined;
  readonly onSpend: SpendListener | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly digests: Digests;
  readonly nextRequestId: (wallMs?: number) => string;
  readonly keys: KeyVerifier;
  readonly scopes: ScopeFinder;
  readonly startingJobs: StartingJobs;
  readonly runningJobs: RunningJobs;
  readonly calls: Calls;
  /** For the gate's own answers. */
  readonly ownStores: Stores;
  readonly simulations: SimulationCounter;
  readonly trustedHops: number;
  readonly operations: ReadonlyMap<string, OperationSettings>;
  /** The plans that may call at all, also for paths that are no operation; undefined for all. */
  readonly plansForAll: ReadonlySet<string> | undefined;
  /** Whether the limits' store answered last time; the one thing here that changes. */
  readonly limitsHealth: { down: boolean };
  /** Headers that stop at the gate, in lower case. */
  readonly privateHeaders: ReadonlySet<string>;
  /** Headers of answers that only the gate writes, in lower case. */
  readonly ownHeaders: ReadonlySet<string>;
  /** Who watches each call, and never speaks. */
  readonly shadow: Bystander | undefined;
}

const OPTIONS: readonly (keyof GateOptions)[] = [
  "stores",
  "upstream",
  "pepper",
  "answers",
  "onEvent",
  "onAnswer",
  "onSpend",
  "trustedHops",
  "unknownKeysPerMinute",
  "keyCacheMax",
  "shadow",
  "clock",
  "random",
  "digests",
];

export function settingsFrom(api: AnyApi, options: GateOptions): Settings {
  checkOptions(options);
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const digests = options.digests ?? systemDigests;
  const answers = options.answers ?? {};
  checkAnswers(api, answers);
  const print = printFaults(api.wire.key);
  const onEvent = options.onEvent ? guarded(options.onEvent, print) : print;
  return {
    api,
    stores: options.stores,
    upstream: options.upstream,
    onEvent,
    onAnswer: options.onAnswer,
    onSpend: options.onSpend,
    clock,
    random,
    digests,
    nextRequestId: createRequestIds(clock, random),
    keys: createKeyVerifier({
      api,
      directory: options.stores.directory,
      clock,
      pepper: options.pepper,
      digests,
      cacheMax: options.keyCacheMax ?? KEYS_KNOWN_MAX,
      unknownPerMinute: options.unknownKeysPerMinute ?? UNKNOWN_PER_MINUTE,
      onEvent,
    }),
    scopes: new ScopeFinder(options.stores.directory, clock),
    startingJobs: startingJobsOf(options.stores.ledger),
    runningJobs: new RunningJobs(),
    calls: new Calls(),
    ownStores: tellingStores(options.stores),
    simulations: createSimulationCounter(),
    trustedHops: options.trustedHops ?? 0,
    operations: operationsOf(api, answers, clock),
    plansForAll: api.server.requires && new Set(api.server.requires.plans),
    limitsHealth: { down: false },
    privateHeaders: new Set(keyHeaders(api.wire.key)),
    ownHeaders: ownHeadersOf(api.wire.headers),
    shadow: undefined,
  };
}

function ownHeadersOf(policy: HeaderPolicy): ReadonlySet<string> {
  const own = [REPLAYED, ...RATE_LIMIT_NAMES[policy.rateLimit]];
  for (const name of [policy.creditsRemaining, policy.warning]) {
    if (name !== undefined) own.push(name);
  }
  return new Set(own.map((name) => name.toLowerCase()));
}

/** A listener that throws must not cost the caller an answer; the console gets what it did not take. */
function guarded(listener: EventListener, print: EventListener): EventListener {
  return (event) => {
    try {
      listener(event);
    } catch {
      print(event);
    }
  };
}

function checkOptions(options: GateOptions): void {
  for (const name of Object.keys(options)) {
    const known = OPTIONS.some((option) => option === name);
    assert(
      known,
      () => `createGate: nothing reads the option "${name}"; use ${OPTIONS.join(", ")}`,
    );
  }
  for (const name of ["stores", "upstream", "pepper"] as const) {
    assert(options[name] !== undefined, `createGate: ${name} is missing`);
  }
  wholeNumber("trustedHops", options.trustedHops, 0, 16);
  wholeNumber("unknownKeysPerMinute", options.unknownKeysPerMinute, 1, 1_000_000);
  wholeNumber("keyCacheMax", options.keyCacheMax, 1, 10_000_000);
}

function wholeNumber(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined) return;
  assert(
    Number.isSafeInteger(value) && value >= min && value <= max,
    () => `createGate: ${name} is ${value}; give a whole number from ${min} to ${max}`,
  );
}
