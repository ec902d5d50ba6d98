/**
 * Events as OpenTelemetry spans, over the slice of `@opentelemetry/api` that is needed: a span for each call, in it one
 * for each attempt by the HTTP conventions, and why it waited in between. Who does not import it does not load it.
 */
import type { ClientListener, PublicEvent } from "./events.ts";

type Attributes = Record<string, string | number>;

/** As much of a span as is needed. */
export interface SpanLike {
  setAttributes(attributes: Attributes): unknown;
  addEvent(name: string, attributes: Attributes): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** As much of a tracer as is needed. */
export interface TracerLike<Span, Context> {
  startSpan(
    name: string,
    options: { kind: number; attributes: Attributes },
    context: Context,
  ): Span;
}

/** As much of `@opentelemetry/api` as is needed: hand over the module itself. */
export interface OpenTelemetryLike<Span, Context> {
  readonly context: { active(): Context };
  readonly trace: {
    getTracer(name: string): TracerLike<Span, Context>;
    setSpan(context: Context, span: Span): Context;
  };
  readonly propagation: { inject(context: Context, carrier: Record<string, string>): void };
}

/** `SpanKind` and `SpanStatusCode` are numbers by specification. */
const INTERNAL = 0;
const CLIENT = 2;
const ERROR = 2;

type Told<Kind extends PublicEvent["kind"]> = Extract<PublicEvent, { kind: Kind }>;

/** Spans of one call that are open. */
interface Open<Span, Context> {
  readonly span: Span;
  readonly context: Context;
  attempt: Span | undefined;
}

/**
 * A listener that traces each call: a span from its begin to the head of its answer, a child of kind `CLIENT` for each
 * attempt, with the headers of whatever propagator is set (`traceparent`, W3C Trace Context). Nothing of a header, a body
 * or a query becomes an attribute, and a key in a path is redacted.
 *
 * Sources: OpenTelemetry semantic conventions for HTTP client spans 1.27 and later.
 * @param tracer @default the one named `sluice`
 * @example
 * import * as otel from "@opentelemetry/api";
 * const client = createClient(wire, { apiKey, baseUrl, onEvent: traceTo(otel) });
 */
export function traceTo<Span extends SpanLike, Context>(
  otel: OpenTelemetryLike<Span, Context>,
  tracer = otel.trace.getTracer("sluice"),
): ClientListener {
  // Every call that begins ends, so that nothing stays.
  const calls = new Map<number, Open<Span, Context>>();
  return (event) => {
    if (event.kind === "breaker" || event.kind === "warning") return;
    if (event.kind === "begun") {
      const attributes = { ...(event.operation && { "sluice.operation": event.operation }) };
      const parent = otel.context.active();
      const name = event.operation ?? event.method;
      const span = tracer.startSpan(name, { kind: INTERNAL, attributes }, parent);
      const context = otel.trace.setSpan(parent, span);
      calls.set(event.call, { span, context, attempt: undefined });
      return;
    }
    const open = calls.get(event.call);
    if (open === undefined) return;
    if (event.kind === "sent") onSent(event, open);
    else if (event.kind === "failed") onFailed(event, open);
    else {
      calls.delete(event.call);
      onEnded(event, open);
    }
  };

  function onSent(event: Told<"sent">, open: Open<Span, Context>): void {
    const { attempts, method, waitedMs, heldBy, addHeader } = event;
    if (heldBy !== undefined) noteWait(open, waitedMs, heldBy);
    const resends = attempts - 1;
    const attributes = {
      "http.request.method": method,
      ...addressOf(event.origin),
      "url.full": event.origin + event.path,
      ...(resends > 0 && { "http.request.resend_count": resends }),
    };
    open.attempt = tracer.startSpan(method, { kind: CLIENT, attributes }, open.context);
    const carrier: Record<string, string> = {};
    otel.propagation.inject(otel.trace.setSpan(open.context, open.attempt), carrier);
    for (const [name, value] of Object.entries(carrier)) addHeader(name, value);
  }
}

function onFailed(event: Told<"failed">, open: Open<SpanLike, unknown>): void {
  const { status, code, waitMs, why, requestId } = event;
  if (open.attempt === undefined) open.span.addEvent("sluice.not_sent", { "sluice.code": code });
  else {
    open.attempt.setAttributes({
      ...statusOf(status),
      "error.type": status === undefined ? code : String(status),
      "sluice.code": code,
      ...(requestId !== undefined && { "sluice.request_id": requestId }),
    });
    open.attempt.setStatus({ code: ERROR });
    open.attempt.end();
    open.attempt = undefined;
  }
  if (waitMs !== undefined) noteWait(open, waitMs, why.join("; "));
}

function onEnded(event: Told<"ended">, { span, attempt }: Open<SpanLike, unknown>): void {
  const { status, code, attempts } = event;
  const failed = { ...(code !== undefined && { "error.type": code }) };
  for (const one of [attempt, span]) {
    one?.setAttributes({ ...statusOf(status), ...failed });
    if (code !== undefined) one?.setStatus({ code: ERROR });
  }
  attempt?.end();
  if (attempts !== undefined) span.setAttributes({ "sluice.attempts": attempts });
  span.end();
}

/** What it waits for before it goes on. */
function noteWait({ span }: Open<SpanLike, unknown>, waitMs: number, reason: string): void {
  span.addEvent("sluice.wait", { "sluice.wait_ms": waitMs, "sluice.wait_reason": reason });
}

function statusOf(status: number | undefined): Attributes {
  return status === undefined ? {} : { "http.response.status_code": status };
}

function addressOf(origin: string): Attributes {
  const { hostname, port, protocol } = new URL(origin);
  const usual = protocol === "https:" ? 443 : 80;
  return { "server.address": hostname, "server.port": port === "" ? usual : Number(port) };
}
