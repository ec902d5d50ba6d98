/** The gate: an API's contract, enforced in front of whatever does the work. */
import type { Clock } from "../base/index.ts";
import { type AnyApi, type Condition, refuse } from "../contract/index.ts";
import type { Answer, Call } from "./call.ts";
import { COME_BACK_MS } from "./come-back.ts";
import { pass } from "./gate.ts";
import { createJobDesk, type JobDesk } from "./jobs/job-desk.ts";
import { JobSlots } from "./jobs/job-slots.ts";
import { createKeyDesk, type KeyDesk } from "./keys/key-desk.ts";
import { type GateOptions, settingsFrom } from "./settings.ts";
import { checkShadow } from "./shadow/options.ts";
import { Shadow } from "./shadow/shadow.ts";
import type { ShadowCounts } from "./shadow/tally.ts";
import { match } from "./steps/match.ts";
import { respond } from "./steps/respond.ts";
import { createSweeper, type Sweeper } from "./sweeper.ts";
import { Visit } from "./visit.ts";

export type {
  Answer,
  AnswerStream,
  BodyRead,
  ByteSource,
  Call,
  PassedBody,
  Upgrade,
} from "./call.ts";
export { isAnswerStream, STATUS_ABANDONED, STATUS_UPGRADED } from "./call.ts";
export type { EventListener, GateEvent } from "./events.ts";
export type { Cost } from "./explain/cost.ts";
export { type Explanation, explain } from "./explain/explanation.ts";
export type { Audience } from "./explain/sentences.ts";
export { type ExplainedStep, stepsOf } from "./explain/steps.ts";
export type { Told } from "./explain/told.ts";
export type { JobDesk, JobEnded, JobOutcome } from "./jobs/job-desk.ts";
export { type AddressGuard, clientAddress, createAddressGuard } from "./keys/address-guard.ts";
export { type FoundKey, findKey } from "./keys/find-key.ts";
export type { Caller } from "./keys/identity.ts";
export { createKeyCheck, type KeyCheck, type KeyCheckOptions } from "./keys/key-check.ts";
export { createKeyDesk, type KeyDesk, type NewKey } from "./keys/key-desk.ts";
export { createKeyDigests, type KeyDigests, type Pepper, type Peppers } from "./keys/key-digest.ts";
export { recentWindows } from "./recent-windows.ts";
export type { AnswerListener, GateOptions } from "./settings.ts";
export type { Came, Case, Judged, Sighting } from "./shadow/case.ts";
export type { Difference, DifferenceKind, Side } from "./shadow/difference.ts";
export { DIFFERENCE_KINDS } from "./shadow/difference.ts";
export type { Judge } from "./shadow/judge.ts";
export { type JudgeOptions, openJudge } from "./shadow/open-judge.ts";
export type { ShadowOptions } from "./shadow/options.ts";
export type { Missed, ShadowCounts, Sum } from "./shadow/tally.ts";
export type { Spend, SpendListener } from "./spend.ts";
export type {
  Account,
  AccountFunds,
  AccountQuery,
  Admission,
  Admitted,
  Attempt,
  Balance,
  Booked,
  Budget,
  BudgetState,
  Change,
  ChangeEntry,
  ChangeQuery,
  DayQuery,
  DaySum,
  Degraded,
  Directory,
  Entry,
  EntryPage,
  EntrySide,
  FullBudget,
  Grant,
  GrantState,
  HoldRecord,
  Idempotency,
  Incident,
  IncidentQuery,
  Job,
  JobStart,
  JobStarted,
  Key,
  KnownKey,
  LeakSubject,
  LeakWarning,
  Ledger,
  LimitRefused,
  Limits,
  LogPlace,
  LogQuery,
  LogRow,
  Notices,
  OddHoldQuery,
  OperatorStores,
  Page,
  Project,
  Prospect,
  Recalled,
  RequestLog,
  Reservation,
  Reserved,
  RowDetails,
  RowEnding,
  Settled,
  Settlement,
  SlotClaim,
  SpendWarning,
  StoredAnswer,
  Stores,
  Subscriber,
  TakenPlaces,
  Usage,
  Warning,
  WarningQuery,
  WarningRecord,
  WarningSubject,
  WindowClaim,
  WindowState,
  Workspace,
} from "./stores.ts";
export { DURATION_BOUNDS_MS, UPDATES_MAX } from "./stores.ts";
export { untilPut } from "./until-put.ts";
export type { Answers, OwnContext } from "./upstream/answers.ts";
export {
  type EmbeddedCaller,
  embeddedCaller,
  type FetchHandler,
  fetchUpstream,
  requestInit,
} from "./upstream/fetch-upstream.ts";
export { type ComingAnswer, readAnswer, readResponse } from "./upstream/read-answer.ts";
export { type ReplyEvent, replyEvents } from "./upstream/reply-events.ts";
export { type Quotes, type RoutedCall, routes } from "./upstream/routes.ts";
export { telling } from "./upstream/telling-stores.ts";
export { toldRefusal } from "./upstream/told-refusal.ts";
export {
  type HandlerContext,
  type Handlers,
  handlers,
  reply,
  type Upstream,
  type Work,
  type WorkDone,
} from "./upstream/upstream.ts";

/** What never became a request: refused in the contract's envelope all the same. */
export type Unreadable = Extract<
  Condition,
  "malformed_request" | "headers_too_large" | "request_timeout"
>;

export interface Gate {
  readonly api: AnyApi;
  /** One call through all nine steps. Never rejects. */
  handle(call: Call): Promise<Answer>;
  /** The answer to bytes that are no request. */
  unreadable(condition: Unreadable, address: string): Answer;
  /** The answer to a call that passes the gate by, and meets nobody where it goes. */
  unavailable(call: Call): Answer;
  readonly keys: KeyDesk;
  /** Give back what dead calls held: start it once a process. */
  readonly sweeper: Sweeper;
  /** Where the ends of jobs are reported. */
  readonly jobs: JobDesk;
  readonly clock: Clock;
  /** The contract that decides beside this one, and what came of it since the start; undefined where there is none. */
  readonly shadow: { readonly api: AnyApi; readonly counts: () => ShadowCounts } | undefined;
  /** Calls that are under way now, streams and reports of jobs included. */
  readonly underWay: number;
  /** Resolves once no call is under way, streams included: then the stores can be closed. */
  idle(): Promise<void>;
  /** Stops watching the directory and keeping the slots of jobs. The stores belong to whoever made them. */
  close(): void;
}

/**
 * @example
 * const gate = createGate(api, { stores: createMemoryStores(), upstream, pepper });
 */
export function createGate<A extends AnyApi>(api: A, options: GateOptions<A>): Gate {
  const alone = settingsFrom(api, options);
  if (options.shadow !== undefined) checkShadow(api, options.stores, options.shadow);
  const shadow = options.shadow && new Shadow(alone, options.shadow);
  const settings = { ...alone, shadow };
  const { clock, random, keys, scopes, stores } = settings;
  const jobSlots = new JobSlots(settings);
  return {
    api,
    handle: (call) => pass(call, settings),
    unreadable(condition, address) {
      const visit = new Visit(unreadableCall(address), settings);
      return respond(visit, settings, refuse(condition));
    },
    unavailable(call) {
      const visit = new Visit(call, settings);
      match(visit, settings);
      return respond(visit, settings, refuse("unavailable", { retryAfterMs: COME_BACK_MS }));
    },
    keys: createKeyDesk(api, stores.directory, keys.digests, clock, random),
    sweeper: createSweeper(settings),
    jobs: createJobDesk(settings, jobSlots),
    clock,
    shadow: shadow && { api: options.shadow?.api ?? api, counts: () => shadow.counts() },
    get underWay() {
      return settings.calls.underWay;
    },
    idle: () => settings.calls.idle(),
    close() {
      keys.close();
      scopes.close();
      jobSlots.close();
      shadow?.close();
    },
  };
}

/** There is no request to speak of; the log gets a row all the same. */
function unreadableCall(address: string): Call {
  return {
    method: "-",
    target: "/",
    address,
    header: () => undefined,
    headers: () => [],
    readBody: () => ({ kind: "aborted" }),
    openBody: () => ({ length: 0, next: async () => undefined, cancel: () => undefined }),
    aborted: false,
    onAbort: () => () => undefined,
  };
}
