/** THE ORDER of a check: what is safe first, then what costs, then what all answers together show. */
import type { Clock, Random } from "sluice/base";
import type { Send } from "./exchange.ts";
import { needInWords } from "./need.ts";
import { type ApiPromise, GROUPS, type Judged, notProvoked } from "./promise.ts";
import { chargedRight, refusalsFree, usageAtStart } from "./promises/credits.ts";
import { errorPromises } from "./promises/errors.ts";
import { type AskPage, helpPages } from "./promises/help.ts";
import { idempotencyPromises } from "./promises/idempotency.ts";
import { idPromises, ownId } from "./promises/ids.ts";
import { keyPromises, notEchoed } from "./promises/keys.ts";
import { protocolPromises } from "./promises/protocol.ts";
import { ratePromises } from "./promises/rate.ts";
import { refusalPromises } from "./promises/refusals.ts";
import { simulationPromises } from "./promises/simulation.ts";
import { OutOfBounds, Session } from "./session.ts";
import { type Bounds, boundsByDefault, missingNeed, type Target } from "./target.ts";

export interface CheckOptions {
  readonly send: Send;
  readonly askPage: AskPage;
  readonly clock: Clock;
  readonly random: Random;
  readonly bounds?: Partial<Bounds>;
  /** Only promises whose id is or begins with one of these. @default all */
  readonly only?: readonly string[];
  readonly onJudged?: (judged: Judged, index: number, count: number) => void;
  readonly onWait?: (what: string, ms: number) => void;
  /** Hears of what takes long, before it begins. */
  readonly onSay?: (what: string) => void;
}

export interface Report {
  readonly target: Target;
  /** By group, and in a group in the order of the contract's conditions. */
  readonly judged: readonly Judged[];
  readonly requests: number;
  readonly durationMs: number;
}

/** Finds out which promises of its contract an API keeps. */
export async function check(target: Target, options: CheckOptions): Promise<Report> {
  const { send, clock, random, bounds, onJudged } = options;
  const { onWait = () => {}, onSay = () => {} } = options;
  const startedMs = clock.monotonicMs();
  const session = new Session({
    ...{ target, send, clock, random, onWait, onSay },
    bounds: { ...boundsByDefault, ...bounds },
  });
  const promises = promisesOf(target, options);
  const judged: Judged[] = [];
  for (const promise of promises) {
    const one = { promise, finding: await judge(promise, session) };
    judged.push(one);
    onJudged?.(one, judged.length, promises.length);
  }
  return {
    target,
    judged: judged.toSorted((a, b) => rank(a) - rank(b)),
    requests: session.requests,
    durationMs: clock.monotonicMs() - startedMs,
  };
}

/** In the order in which they are looked at: the transcript grows, and is judged at the end. */
function promisesOf(
  { api }: Target,
  { askPage, only }: Pick<CheckOptions, "askPage" | "only">,
): readonly ApiPromise[] {
  const all: readonly ApiPromise[] = [
    usageAtStart,
    ...refusalPromises(api),
    ...keyPromises,
    ...protocolPromises,
    ownId,
    ...simulationPromises,
    refusalsFree,
    chargedRight,
    ...idempotencyPromises,
    helpPages(askPage),
    ...ratePromises,
    ...errorPromises(api.wire),
    notEchoed,
    ...idPromises,
  ];
  return all.filter((promise) => (promise.isMade?.(api) ?? true) && isWanted(promise, only));
}

/** What `only` can name. */
export function promiseIds(target: Target): readonly string[] {
  return promisesOf(target, { askPage: () => Promise.reject(new Error("not asked")) }).map(
    ({ id }) => id,
  );
}

function isWanted({ id }: ApiPromise, only: readonly string[] = []): boolean {
  return only.length === 0 || only.some((one) => id === one || id.startsWith(`${one}.`));
}

async function judge(promise: ApiPromise, session: Session) {
  const missing = missingNeed(session.target, promise.needs);
  if (missing !== undefined) return notProvoked(needInWords(missing));
  try {
    return await promise.probe(session);
  } catch (error) {
    if (error instanceof OutOfBounds) return notProvoked(error.message);
    throw error;
  }
}

function rank({ promise }: Judged): number {
  return GROUPS.indexOf(promise.group);
}
