// Server-sent events, made one at a time as they are asked for: who does not read makes no work, and
// who leaves ends it.

import type { Clock } from "sluice/base";
import { Failure } from "./failure.ts";

export interface ServerEvent {
  /** The events of the older format have no names. */
  readonly name?: string;
  readonly data: object;
  /** What the work has cost up to this event, for whoever stands before this API. */
  readonly costSoFar?: number;
  /** What comes to be with the event, and not before. A failure takes its place, and ends the stream. */
  readonly effect?: () => unknown;
}

interface Timing {
  readonly clock: Clock;
  /** Spread evenly between the events. */
  readonly delayMs: number;
  readonly signal: AbortSignal;
}

/** Operators read the cost in comments, which no client of such streams ever sees. */
const costComment = "sluice-cost";

export function streamEvents(events: readonly ServerEvent[], timing: Timing): Response {
  return new Response(bytesOf(events, timing), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

function bytesOf(
  events: readonly ServerEvent[],
  { clock, delayMs, signal }: Timing,
): ReadableStream<Uint8Array> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const encoder = new TextEncoder();
  const gapMs = delayMs / Math.max(events.length - 1, 1);
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const leave = () => controller.error(signal.reason);
        signal.addEventListener("abort", leave, { once: true, signal: over.signal });
      },
      async pull(controller) {
        const event = events[next];
        if (event === undefined) {
          controller.enqueue(encoder.encode("data: [DONE]\n\n"));
          over.abort();
          controller.close();
          return;
        }
        if (next > 0 && gapMs > 0) await clock.sleep(gapMs, stop);
        next += 1;
        const failure = event.effect?.();
        if (failure instanceof Failure) {
          controller.enqueue(encoder.encode(frame({ name: "error", data: failure })));
          over.abort();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(frame(event)));
      },
      cancel: () => over.abort(),
    },
    { highWaterMark: 0 },
  );
}

function frame({ name, data, costSoFar }: ServerEvent): string {
  const comment = costSoFar === undefined ? "" : `: ${costComment} ${costSoFar}\n`;
  const event = name === undefined ? "" : `event: ${name}\n`;
  return `${comment}${event}data: ${JSON.stringify(data)}\n\n`;
}
