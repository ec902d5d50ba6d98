// The spans themselves. Named by operation, with attributes by the conventions of OpenTelemetry where there are any; what the
// caller wrote (query, headers, user agent) is not among them, for a key may be in it.

import {
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Call, LogRow } from "sluice/gate";
import type { Redact } from "./redaction.ts";

export interface Traces {
  /** Begins the span of a call, whose upstream hears of it in place of what the caller sent. */
  readonly begin: (call: Call) => void;
  /** Ends it. */
  readonly answered: (row: LogRow, call: Call) => void;
  /** Resolves once all spans are sent, or given up. */
  close(): Promise<void>;
}

export interface SpansOptions {
  readonly processor: SpanProcessor;
  readonly share: number;
  readonly redact: Redact;
}

export function createTraces({ processor, share, redact }: SpansOptions): Traces {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "sluice" }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer("sluice");
  const propagator = new W3CTraceContextPropagator();
  const getter = createGetter(redact);
  const spans = new WeakMap<Call, Span>();
  return {
    begin(call) {
      const parent = propagator.extract(ROOT_CONTEXT, call, getter);
      const span = tracer.startSpan("request", { kind: SpanKind.SERVER }, parent);
      spans.set(call, span);
      const sent: [string, string][] = [];
      propagator.inject(trace.setSpan(parent, span), sent, {
        set: (pairs, name, value) => void pairs.push([name, value]),
      });
      handOn(call, sent);
    },
    answered(row, call) {
      const span = spans.get(call);
      if (span === undefined) return;
      spans.delete(call);
      if (span.isRecording()) describe(span, row, redact);
      span.end();
    },
    close: () => provider.shutdown(),
  };
}

/** The call's own method gives way, so that whatever else a call has stays as it is. */
function handOn(call: Call, sent: readonly (readonly [string, string])[]): void {
  const headers = call.headers.bind(call);
  call.headers = function* () {
    for (const pair of headers()) if (!isTraceHeader(pair[0])) yield pair;
    yield* sent;
  };
}

function isTraceHeader(name: string): boolean {
  return name === "traceparent" || name === "tracestate";
}

/** A state that holds a key is not believed: it would be sent to whoever collects the spans. */
function createGetter(redact: Redact): TextMapGetter<Call> {
  return {
    keys: () => ["traceparent", "tracestate"],
    get(call, name) {
      const value = call.header(name);
      return value === undefined || redact(value) === value ? value : undefined;
    },
  };
}

function describe(span: Span, row: LogRow, redact: Redact): void {
  span.updateName(row.operation ?? row.method);
  span.setAttributes({
    "http.request.method": row.method,
    "http.response.status_code": row.status,
    "url.path": redact(row.path),
    "sluice.request_id": row.requestId,
    "sluice.ended_at": row.endedAt,
    "sluice.ending": row.ending,
    "sluice.charged": row.charged,
    ...(row.operation !== undefined && { "sluice.operation": row.operation }),
    ...(row.accountId !== undefined && { "sluice.account_id": row.accountId }),
    ...(row.keyId !== undefined && { "sluice.key_id": row.keyId }),
    ...(row.code !== undefined && { "sluice.code": row.code }),
    ...(row.status >= 500 && { "error.type": row.code ?? String(row.status) }),
  });
  if (row.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
