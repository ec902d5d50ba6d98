// What a gateway counts, for Prometheus. Labels are bounded: an API, an operation of its contract, a code of its catalogue, a
// class of status; never a key, an account or a path.

import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Attributes, Meter, ObservableResult } from "@opentelemetry/api";
import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import type { AnyApi } from "sluice";
import type { GateEvent, LogRow, ShadowCounts } from "sluice/gate";
import type { Door } from "../door/door.ts";
import type { FailurePhase } from "../upstream/upstream-failure.ts";
import { ApiCounts, type OperationCounts } from "./counts.ts";
import { durationProducer } from "./durations.ts";
import { observeShadows } from "./shadow-counts.ts";

/** What is read when somebody asks. */
export interface MetricsSources {
  readonly doors: readonly Pick<Door, "connections" | "turnedAway">[];
  /** Rows that the request log has dropped. */
  readonly logRowsDropped: () => number;
  readonly linesDropped: () => number;
}

export interface ApiMetrics {
  /** A call comes in; `answered` follows for each. */
  readonly begin: () => void;
  readonly answered: (row: LogRow) => void;
  readonly event: (event: GateEvent) => void;
}

export interface Metrics {
  /** @param name what the API is called in labels. */
  forApi(name: string, api: AnyApi): ApiMetrics;
  /** @param upstream its name in the configuration. */
  readonly upstreamFailed: (upstream: string, phase: FailurePhase) => void;
  /** What the shadow of an API has come to; a gate that was made anew takes the place of the one before. */
  watchShadow(api: string, counts: () => ShadowCounts): void;
  /** What is looked at from now on; before that there are only the counts. */
  watch(sources: MetricsSources): void;
  text(): Promise<{ readonly contentType: string; readonly text: string }>;
  close(): Promise<void>;
}

/** The format that every Prometheus reads. */
const contentType = "text/plain; version=0.0.4; charset=utf-8";
const delayResolutionMs = 20;

export function createMetrics(): Metrics {
  const apis: ApiCounts[] = [];
  const durations = durationProducer(
    "sluice_request_duration_seconds",
    "From a call's coming in to the end of its answer.",
    () => apis.flatMap(pointsOf),
  );
  const reader = new PrometheusExporter({ preventServerStart: true, metricProducers: [durations] });
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter("sluice");
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const events = meter.createCounter("sluice_events_total", {
    description: "What an operator should hear of: faults by step, holds that ran out, holes.",
  });
  const upstreamFailures = meter.createCounter("sluice_upstream_failures_total", {
    description: "Calls that an upstream gave no answer to.",
  });
  const down = { limits: new Set<string>(), directory: new Set<string>() };
  observeCounts(meter, apis);
  const shadows = new Map<string, () => ShadowCounts>();
  observeShadows((name, description, look) => observe(meter, name, description, look), shadows);
  observe(meter, "sluice_store_down", "Whether a store is away.", (result) => {
    for (const { api } of apis) {
      for (const [store, gone] of Object.entries(down)) {
        result.observe(gone.has(api) ? 1 : 0, { api, store });
      }
    }
  });
  const stopDelay = observeProcess(meter);
  return {
    forApi(name, api) {
      const counts = apis.find((known) => known.api === name) ?? new ApiCounts(name);
      // A contract that was read anew goes on with the counts of the one before.
      counts.include(api);
      if (!apis.includes(counts)) apis.push(counts);
      return {
        begin: () => counts.begin(),
        answered: (row) => counts.count(row),
        event(event) {
          if (event.kind === "limits_down") down.limits.add(name);
          if (event.kind === "limits_back") down.limits.delete(name);
          if (event.kind === "directory_down") down.directory.add(name);
          if (event.kind === "directory_back") down.directory.delete(name);
          const step = event.kind === "fault" ? { step: event.step } : {};
          events.add(1, { api: name, kind: event.kind, ...step });
        },
      };
    },
    upstreamFailed: (upstream, phase) => upstreamFailures.add(1, { upstream, phase }),
    watchShadow: (api, counts) => void shadows.set(api, counts),
    watch: (sources) => observeSources(meter, sources),
    async text() {
      const { resourceMetrics } = await reader.collect();
      return { contentType, text: serializer.serialize(resourceMetrics) };
    },
    async close() {
      stopDelay();
      await provider.shutdown();
    },
  };
}

function pointsOf({ api, operations }: ApiCounts) {
  return [...operations]
    .map(([operation, { durations }]) => durations.point({ api, operation }))
    .filter((point) => point !== undefined);
}

type Look = (result: ObservableResult) => void;

function observe(meter: Meter, name: string, description: string, look: Look): void {
  const isCounter = name.endsWith("_total");
  const instrument = isCounter
    ? meter.createObservableCounter(name, { description })
    : meter.createObservableGauge(name, { description });
  instrument.addCallback(look);
}

function observeCounts(meter: Meter, apis: readonly ApiCounts[]): void {
  const each = (
    name: string,
    description: string,
    look: (counts: OperationCounts, labels: Attributes, result: ObservableResult) => void,
  ) =>
    observe(meter, name, description, (result) => {
      for (const { api, operations } of apis) {
        for (const [operation, counts] of operations) look(counts, { api, operation }, result);
      }
    });
  each("sluice_requests_total", "Requests, by the class of their status.", (counts, labels, to) => {
    counts.byStatusClass.forEach((count, hundreds) => {
      if (count > 0) to.observe(count, { ...labels, status: `${hundreds}xx` });
    });
  });
  each("sluice_refusals_total", "Requests that were refused, by code.", (counts, labels, to) => {
    for (const [code, count] of counts.byCode) to.observe(count, { ...labels, code });
  });
  each(
    "sluice_credits_charged_total",
    "Credits, by the time of the answer.",
    (counts, labels, to) => {
      if (counts.credits > 0) to.observe(counts.credits, labels);
    },
  );
  each(
    "sluice_degraded_total",
    "Requests that were answered without a store: limits that were not exact, keys not asked for anew.",
    (counts, labels, to) => {
      if (counts.degraded > 0) to.observe(counts.degraded, labels);
    },
  );
  observe(meter, "sluice_requests_in_flight", "Calls that have no answer yet.", (result) => {
    for (const counts of apis) result.observe(counts.inFlight, { api: counts.api });
  });
}

function observeSources(meter: Meter, sources: MetricsSources): void {
  const { doors, logRowsDropped, linesDropped } = sources;
  const sum = (of: (door: MetricsSources["doors"][number]) => number) =>
    doors.reduce((total, door) => total + of(door), 0);
  const one = (name: string, description: string, read: () => number) =>
    observe(meter, name, description, (result) => result.observe(read()));
  one("sluice_connections", "Open connections of callers.", () => sum((d) => d.connections));
  one("sluice_connections_turned_away_total", "Connections beyond the bounds.", () =>
    sum((door) => door.turnedAway),
  );
  one("sluice_log_rows_dropped_total", "Rows that the log did not keep up with.", logRowsDropped);
  one("sluice_lines_dropped_total", "Lines that could not be written.", linesDropped);
}

/** How late the event loop runs its timers, since somebody last asked; and what the process takes. */
function observeProcess(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  delay.enable();
  observe(meter, "sluice_event_loop_delay_seconds", "Since the last look.", (result) => {
    for (const [quantile, percentile] of Object.entries({ "0.5": 50, "0.99": 99, "1": 100 })) {
      // It counts the time of its own timer, too.
      const lateMs = delay.percentile(percentile) / 1e6 - delayResolutionMs;
      result.observe(Math.max(0, lateMs) / 1_000, { quantile });
    }
    delay.reset();
  });
  observe(meter, "sluice_resident_memory_bytes", "Resident memory.", (result) =>
    result.observe(process.memoryUsage.rss()),
  );
  observe(meter, "sluice_cpu_seconds_total", "Time on all cores.", (result) => {
    const { user, system } = process.cpuUsage();
    result.observe((user + system) / 1e6);
  });
  return () => delay.disable();
}
