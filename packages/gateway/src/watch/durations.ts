// How long answers took, in buckets. A histogram of OpenTelemetry's makes a text of its labels for each number that it records;
// here the labels are known from the start, and a number is added to an array. Both are read by the same reader.

import { type Attributes, ValueType } from "@opentelemetry/api";
import { emptyResource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type MetricProducer,
} from "@opentelemetry/sdk-metrics";

/** Upper bounds in milliseconds. A gate adds well under one; a stream takes minutes. */
const boundsMs = [
  ...[0.5, 1, 2.5, 5, 10, 25, 50, 100, 250],
  ...[500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000],
];

export class Durations {
  /** By bound; the last is for everything beyond. */
  readonly #counts: number[] = boundsMs.map(() => 0).concat(0);
  #count = 0;
  #sumMs = 0;

  add(ms: number): void {
    let at = 0;
    // Most are in the first few.
    while (at < boundsMs.length && ms > (boundsMs[at] ?? 0)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count++;
    this.#sumMs += ms;
  }

  /** As OpenTelemetry has it; undefined before the first. */
  point(attributes: Attributes) {
    if (this.#count === 0) return undefined;
    const buckets = { boundaries: boundsMs.map((ms) => ms / 1_000), counts: [...this.#counts] };
    const value = { buckets, count: this.#count, sum: this.#sumMs / 1_000 };
    return { attributes, value, startTime: never, endTime: never };
  }
}

/** Prometheus knows itself when it asked. */
const never: [number, number] = [0, 0];

/** A histogram of seconds for a reader. @param points all that there are, whenever it asks. */
export function durationProducer(
  name: string,
  description: string,
  points: () => readonly NonNullable<ReturnType<Durations["point"]>>[],
): MetricProducer {
  return {
    async collect(): Promise<CollectionResult> {
      const metric = {
        descriptor: { name, description, unit: "s", valueType: ValueType.DOUBLE },
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPointType: DataPointType.HISTOGRAM as const,
        dataPoints: [...points()],
      };
      const scopeMetrics = [{ scope: { name: "sluice" }, metrics: [metric] }];
      return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
    },
  };
}
