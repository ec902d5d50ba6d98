// The production code in a seeded world with virtual time: gates, their stores, callers and a network, and what must hold.

export { checkScenario } from "./check-scenario.ts";
export type {
  AnyScenario,
  ClientTuning,
  ContractCallers,
  ContractScenario,
  Use,
} from "./contract-scenario.ts";
export { scenarioOf } from "./draw.ts";
export type { Moment, MomentRun, Percentiles } from "./moment/moment.ts";
export { simulateMoment } from "./moment/simulate-moment.ts";
export type { KeptStores } from "./nodes/kept-stores.ts";
export type { AnsweredRequest, Charge, EndedCall, Onlooker, SentRequest } from "./onlooker.ts";
export type { PastAccount, PastCall } from "./plan/past-call.ts";
export {
  type AssumedOf,
  type NotJudged,
  type PlanOptions,
  PlanReplay,
  type PlanResult,
} from "./plan/plan-replay.ts";
export type { PlanInterval, PlanSum } from "./plan/sums.ts";
export {
  type Change,
  type DecidedAgain,
  type DecisionReplay,
  type PastDecision,
  replayDecision,
} from "./replay/replay-decision.ts";
export {
  type PastFailure,
  replayWhy,
  type TriedAgain,
  type WhyReplay,
} from "./replay/replay-why.ts";
export { describeFailure } from "./report/failure.ts";
export type { Interval, Run, Totals, Violation } from "./run/run.ts";
export { type Given, simulate } from "./run/simulate.ts";
export type {
  Allowed,
  Budgets,
  CallerGroup,
  Delay,
  Fault,
  Jobs,
  LimitsServer,
  Nodes,
  Part,
  PolicyName,
  Revocation,
  Scenario,
  Shape,
  Work,
} from "./scenario.ts";
export { type Shrunk, shrink } from "./shrink/shrink.ts";
export { isNoSubject } from "./subject/contract-subject.ts";
