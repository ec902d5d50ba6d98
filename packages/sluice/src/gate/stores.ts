/**
 * The four ports of the gate. Each method is one atomic step with the invariant that it keeps; time is passed
 * in; expected outcomes are values; a thrown error means that the store is down, and each port says what a
 * gate does then. Every implementation must pass the conformance suite.
 */
import type { Directory } from "./ports/directory.ts";
import type { Ledger } from "./ports/ledger.ts";
import type { Limits } from "./ports/limits.ts";
import type { RequestLog } from "./ports/request-log.ts";

export type {
  Account,
  Change,
  ChangeEntry,
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
  Budget,
  Entry,
  EntrySide,
  ExpiredHold,
  FullBudget,
  Grant,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  KnownKey,
  Ledger,
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
  Degraded,
  LogQuery,
  LogRow,
  RequestLog,
  RowEnding,
  Usage,
} from "./ports/request-log.ts";

/** The four together, as a gate takes them. */
export interface Stores {
  readonly directory: Directory;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly log: RequestLog;
}
