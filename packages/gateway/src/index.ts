// The gateway as a library: what `sluice serve` is made of.

export {
  type Door,
  type DoorBounds,
  type DoorOptions,
  type DoorTls,
  doorBounds,
  type Grace,
  type OpenDoor,
} from "./door/door.ts";
export { openNodeDoor } from "./door/node-door.ts";
export { answerHealth, createPublicHealth } from "./internal/health.ts";
export {
  createInternalAnswers,
  type InternalParts,
  internalUnreadable,
  type MetricsText,
} from "./internal/internal-answers.ts";
export type { JobEndsParts, SignedCall, VerifySigned } from "./internal/job-ends.ts";
export {
  type Drained,
  type DrainParts,
  type DrainTimes,
  drain,
  drainTimes,
  type LastStep,
} from "./lifecycle/drain.ts";
export {
  type Check,
  type CheckReport,
  createReadiness,
  type Readiness,
  type ReadinessOptions,
  type ReadinessReport,
} from "./lifecycle/readiness.ts";
export { type Host, type StopOptions, stopOnSignals } from "./lifecycle/signals.ts";
export type { Lines } from "./watch/lines.ts";
export type {
  ApiMetrics,
  Metrics,
  MetricsSources,
  UpstreamFailure,
} from "./watch/metrics.ts";
export type { Redact } from "./watch/redaction.ts";
export type { Traces } from "./watch/spans.ts";
export type { TracesOptions } from "./watch/traces.ts";
export { type ApiWatch, openWatch, type Watch, type WatchOptions } from "./watch/watch.ts";
