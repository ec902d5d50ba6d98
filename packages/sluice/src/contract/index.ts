/** The contract: what an API's two ends agree on, as data and pure functions. */

export type { AnyApi, Api, InputFor } from "./api.ts";
export {
  ACTIONS,
  type Action,
  type Charged,
  type CodeEntry,
  type Conditions,
  exampleFacts,
  RETRY_ADVICE,
  type RetryAdvice,
  type Spelled,
  type Spelling,
} from "./catalogue.ts";
export {
  type Complaint,
  Complaints,
  DeclarationError,
  didYouMean,
  nearestName,
} from "./check/advice.ts";
export {
  CONDITION_NAMES,
  CONDITIONS,
  type Condition,
  type ConditionEntry,
  type FactName,
  isCondition,
  STEPS,
  type StepName,
  stepOf,
  type WaitingCondition,
} from "./condition.ts";
export { defineApi, defineWire } from "./define.ts";
export {
  customEnvelope,
  type DecodedError,
  type Envelope,
  flat,
  nested,
  problem,
  type WireError,
} from "./envelope.ts";
export {
  ERROR_EVENT,
  EVENT_BYTES_MAX,
  EventSplitter,
  isEventStreamType,
  type StreamEvent,
  writeEvent,
} from "./event-stream.ts";
export type { InputExample, OperationExample, RefusedExample } from "./example.ts";
export { expectation, type JsonSchema, type Path, schemaAt, unknownMember } from "./expectation.ts";
export { at, type FoldingRule, fold } from "./fold.ts";
export {
  CLIENT_REQUEST_ID,
  COST,
  COST_COMMENT,
  DEGRADED,
  deltaSeconds,
  epochSeconds,
  type HeaderPolicy,
  HOP_BY_HOP,
  IDEMPOTENCY_KEY,
  namedByConnection,
  RATE_LIMIT_NAMES,
  REFUSE,
  REPLAYED,
  REQUEST_ID,
  RETRY_AFTER,
  retryAfterSeconds,
  SIMULATE,
} from "./headers.ts";
export {
  type Environment,
  environmentOf,
  type KeyAlphabet,
  type KeyFormat,
  type KeyPlace,
  keyHeaders,
  mintKey,
  previewOf,
  readKey,
  redactKeys,
} from "./key.ts";
export {
  type ByPlan,
  type LimitOwner,
  limitFor,
  type SlotLimit,
  type WindowLimit,
} from "./limit.ts";
export {
  BODY_BYTES_DEFAULT,
  type Completion,
  DEADLINE_MS_DEFAULT,
  type Detachment,
  type EventStream,
  type InputPlace,
  isCompletion,
  METHODS,
  type Method,
  type Scope,
  type ServerOperation,
  UPGRADE_PROTOCOLS,
  type UpgradeProtocol,
  type WireOperation,
} from "./operation.ts";
export { PAGE_HEADINGS, type Page, parsePage } from "./page.ts";
export { type Parsed, parse, type ResponseFacts, refusalOf } from "./parse.ts";
export {
  fillPattern,
  type Matched,
  type PathPattern,
  parsePattern,
  type Route,
  Router,
  routesOf,
} from "./path.ts";
export { monthEndMs, monthStartMs, periodEndMs, periodStartMs, resetAtMs } from "./period.ts";
export { type Allowance, lazilyAfterDays, monthly, type Plan, type Reset } from "./plan.ts";
export {
  type ActualCost,
  type AtMostPrice,
  atMost,
  type FixedPrice,
  fixed,
  isCredits,
  type Price,
  type QuotedPrice,
  quote,
} from "./price.ts";
export {
  type Facts,
  isRefusal,
  type Refusal,
  refuse,
  refuseDomain,
  type Shortage,
} from "./refusal.ts";
export { type HeaderList, headerIn, type RenderContext, type Rendered, render } from "./render.ts";
export { type InputOf, type Issue, jsonSchemaOf, type OutputOf, type Schema } from "./schema.ts";
export { type AnyServer, LIMITS_DOWN, type ServerDeclaration } from "./server.ts";
export { standard } from "./standard.ts";
export {
  areWarningPercents,
  percentUsed,
  WARNING_PERCENTS_DEFAULT,
  WARNING_PERCENTS_MAX,
} from "./warning.ts";
export {
  type About,
  type AnyWire,
  type CodeOf,
  helpUrl,
  type OperationOf,
  type PlanOf,
  type Wire,
  type WireDeclaration,
} from "./wire.ts";
