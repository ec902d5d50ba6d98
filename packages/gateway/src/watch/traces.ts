// Traces: a span for each request, in the trace that its caller began (W3C Trace Context), sent on by OTLP. What makes them is
// loaded only where somebody wants them.

import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { Redact } from "./redaction.ts";
import type { Traces } from "./spans.ts";

export interface TracesOptions {
  /** Where spans go, by OTLP over HTTP: `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** Of the requests whose caller began no trace, this share gets one. Others follow their caller. @default 1 */
  readonly share?: number;
  readonly redact: Redact;
  /** Hears once when spans cannot be sent any more, and once, without an error, when they can again. */
  readonly onChange: (error: Error | undefined) => void;
}

export async function openTraces(options: TracesOptions): Promise<Traces> {
  const { url, share = 1, redact, onChange } = options;
  const [{ createTraces }, { BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import("./spans.ts"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const exporter = telling(new OTLPTraceExporter({ url }), onChange);
  return createTraces({ processor: new BatchSpanProcessor({ exporter }), share, redact });
}

/** By itself the exporter says nothing of spans that nobody took. */
function telling(exporter: SpanExporter, onChange: TracesOptions["onChange"]): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined || result.code !== 0;
        if (failed !== isFailing)
          onChange(failed ? (result.error ?? new Error("not sent")) : undefined);
        isFailing = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
