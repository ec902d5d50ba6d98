/** Whether a running API keeps the promises of its contract, for programs and test suites; `sluice check` is made of it. */

export { type Change, SEVERITIES, type Severity } from "./against/change.ts";
export { changesBetween, changesText } from "./against/changes.ts";
export { type ContractSummary, isSummary, summaryOf } from "./against/summary.ts";
export { type CheckOptions, check, promiseIds, type Report } from "./check.ts";
export type { CheckAnswer, CheckRequest, Exchange, Send } from "./exchange.ts";
export { KEY_ROLES, type KeyRole, PERMISSIONS, type Permission } from "./need.ts";
export type { Fault, Finding, Judged } from "./promise.ts";
export type { AskPage } from "./promises/help.ts";
export { reportJson } from "./report/json.ts";
export { reportJunit } from "./report/junit.ts";
export { type Counts, countsOf, plainStyle, reportText, type Style } from "./report/text.ts";
export { askPage, openSender, type Sender, type SendSettings } from "./send.ts";
export { type Bounds, boundsByDefault, type Target } from "./target.ts";
