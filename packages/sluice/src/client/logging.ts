/** Events as lines of a log: for people at a console, and for loggers in the manner of pino. */
import type { ClientListener, PublicEvent } from "./events.ts";

/** As much of a logger as is needed; pino and its relatives fit. */
export interface LoggerLike {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** One line: what happened, where, and why it goes on or not. */
export function describeEvent(event: PublicEvent): string {
  switch (event.kind) {
    case "begun":
      return `${event.method} ${event.path}: begun`;
    case "sent":
      return `${event.method} ${event.path}: attempt ${event.attempts}`;
    case "failed": {
      const { method, path, code, waitMs, why } = event;
      const next = waitMs === undefined ? "given up" : `again in ${Math.ceil(waitMs)} ms`;
      return `${method} ${path}: ${code}, ${next} (${why.join("; ")})`;
    }
    case "ended":
      return `${event.method} ${event.path}: ${event.code ?? event.status}`;
    case "breaker":
      return `${event.operation}: the breaker is ${event.state}`;
    case "warning":
      return event.message;
  }
}

/** A listener that writes what happens to a logger: each attempt, failures and warnings louder than the rest. */
export function logTo(logger: LoggerLike): ClientListener {
  return (event) => {
    // The attempts in between say it all.
    if (event.kind === "begun" || event.kind === "ended") return;
    const isLoud = event.kind === "failed" || event.kind === "warning";
    logger[isLoud ? "warn" : "info"](event, describeEvent(event));
  };
}
