/**
 * The four ports of the gate, and one for whoever runs it. Each method is one atomic step with the invariant that it
 * keeps; time is passed in; expected outcomes are values; a thrown error means that the store is down, and each port says
 * what a gate does then. Every implementation must pass the conformance suite.
 */
import type { Directory } from "./ports/directory.ts";
import type { Ledger } from "./ports/ledger.ts";
import type { Limits } from "./ports/limits.ts";
import type { Notices } from "./ports/notices.ts";
import type { RequestLog } from "./ports/request-log.ts";

export type {
  Account,
  AccountQuery,
  Change,
  ChangeEntry,
  ChangeQuery,
  Directory,
  Key,
  Page,
  Project,
  Subscriber,
  Workspace,
} from "./ports/directory.ts";
export type {
  AccountFunds,
  Balance,
  Booked,
  Budget,
  BudgetState,
  Entry,
  EntryPage,
  EntrySide,
  FullBudget,
  Grant,
  GrantState,
  HoldRecord,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  KnownKey,
  Ledger,
  OddHoldQuery,
  Recalled,
  Reservation,
  Reserved,
  Settled,
  Settlement,
  StoredAnswer,
} from "./ports/ledger.ts";
export type {
  Admission,
  Admitted,
  LimitRefused,
  Limits,
  SlotClaim,
  TakenPlaces,
  WindowClaim,
  WindowState,
} from "./ports/limits.ts";
export type {
  Attempt,
  Incident,
  IncidentQuery,
  LeakSubject,
  LeakWarning,
  Notices,
  Prospect,
  SpendWarning,
  Warning,
  WarningQuery,
  WarningRecord,
  WarningSubject,
} from "./ports/notices.ts";
export {
  ATTEMPTS_KEPT,
  UPDATES_MAX,
  WARNING_ID_MAX,
  WARNINGS_KEPT_MS,
} from "./ports/notices.ts";
export type {
  DayQuery,
  DaySum,
  Degraded,
  LogPlace,
  LogQuery,
  LogRow,
  RequestLog,
  RowDetails,
  RowEnding,
  Usage,
} from "./ports/request-log.ts";
export { DURATION_BOUNDS_MS } from "./ports/request-log.ts";

/** The four together, as a gate takes them. */
export interface Stores {
  readonly directory: Directory;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly log: RequestLog;
}

/** What whoever runs an API works with: the gate needs no notices. */
export interface OperatorStores extends Stores {
  readonly notices: Notices;
}
