// Everything that watches a gateway, behind two moments of a call: it begins, and it is answered. What is switched off costs
// nothing: there is no listener for it.

import type { AnyApi } from "sluice";
import type { Call, Difference, GateEvent, LogRow, ShadowCounts } from "sluice/gate";
import { type Lines, openLines } from "./lines.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createRedaction, type Redact } from "./redaction.ts";
import type { Traces } from "./spans.ts";
import { openTraces } from "./traces.ts";

export interface WatchOptions {
  /** Whose keys are to be kept out. */
  readonly apis: readonly AnyApi[];
  readonly log: "requests" | "events" | "none";
  /** A file descriptor or a path. @default standard output */
  readonly logTo?: number | string;
  readonly metrics: boolean;
  /** See `TracesOptions.url`; undefined makes none. */
  readonly tracesUrl: string | undefined;
}

/** For one gate. */
export interface ApiWatch {
  /** Before `gate.handle`. */
  readonly begin: (call: Call) => void;
  /** For `createGate`'s `onAnswer`. */
  readonly onAnswer: (row: LogRow, call: Call) => void;
  /** For its `onEvent`. */
  readonly onEvent: (event: GateEvent) => void;
  /** For its shadow's `onDifference`. */
  readonly onDifference: (difference: Difference) => void;
  /** Where the counts of its shadow are read from now on. */
  readonly watchShadow: (counts: () => ShadowCounts) => void;
}

export interface Watch {
  readonly lines: Lines;
  readonly metrics: Metrics | undefined;
  readonly redact: Redact;
  /** @param name what the API is called in labels. */
  forApi(name: string, api: AnyApi): ApiWatch;
  /** For the drain, after the last answer: everything that was seen is written or sent. */
  close(): Promise<void>;
}

export async function openWatch(options: WatchOptions): Promise<Watch> {
  const { apis, log, logTo, metrics: counts, tracesUrl } = options;
  const redact = createRedaction(apis.map(({ wire }) => wire.key));
  const lines = openLines({ log, redact, ...(logTo !== undefined && { to: logTo }) });
  const metrics = counts ? createMetrics() : undefined;
  const onChange = (error: Error | undefined) =>
    error === undefined
      ? lines.say("Spans are sent again")
      : lines.fail("Spans cannot be sent; they are dropped until they can", error);
  const traces =
    tracesUrl === undefined ? undefined : await openTraces({ url: tracesUrl, redact, onChange });
  return {
    lines,
    metrics,
    redact,
    forApi: (name, api) => watchApi(name, api, { lines, metrics, traces }),
    async close() {
      // The lines last: they tell of what fails before them.
      for (const part of [traces, metrics]) {
        await part?.close().catch((error) => lines.fail("Not all was sent", error));
      }
      await lines.close();
    },
  };
}

interface Parts {
  readonly lines: Lines;
  readonly metrics: Metrics | undefined;
  readonly traces: Traces | undefined;
}

function watchApi(name: string, api: AnyApi, { lines, metrics, traces }: Parts): ApiWatch {
  const counted = metrics?.forApi(name, api);
  return {
    begin(call) {
      counted?.begin();
      traces?.begin(call);
    },
    onAnswer(row, call) {
      lines.request(row);
      counted?.answered(row);
      traces?.answered(row, call);
    },
    onEvent(event) {
      lines.event(event);
      counted?.event(event);
    },
    onDifference: (difference) => lines.difference(name, difference),
    watchShadow: (counts) => metrics?.watchShadow(name, counts),
  };
}
