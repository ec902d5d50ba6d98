// The lines that a gateway writes: JSON, one a request and one for whatever the operator should hear of. They are collected and
// written together, and never waited for: what cannot be written is dropped and counted.

import { type DestinationStream, pino } from "pino";
import { type Clock, systemClock } from "sluice/base";
import type { Difference, GateEvent, LogRow } from "sluice/gate";
import { describeError } from "./error-text.ts";
import type { Redact } from "./redaction.ts";
import { requestLine } from "./request-line.ts";

export interface LinesOptions {
  /** Each request and every event, events only, or nothing. */
  readonly log: "requests" | "events" | "none";
  readonly redact: Redact;
  /** A file descriptor or a path. @default standard output */
  readonly to?: number | string;
  /** @default the machine's */
  readonly clock?: Clock;
}

export interface Lines {
  readonly request: (row: LogRow) => void;
  readonly event: (event: GateEvent) => void;
  /** What another contract would have done otherwise with a call; where there is a line for each request. */
  readonly difference: (api: string, difference: Difference) => void;
  /** A sentence on the gateway itself. */
  readonly say: (sentence: string) => void;
  /** Something of the gateway itself that failed, and what it was doing. */
  readonly fail: (doing: string, error: unknown) => void;
  /** Lines that could not be written. */
  dropped(): number;
  /** Resolves once all that was said is written, or cannot be. */
  close(): Promise<void>;
}

/** Lines of requests are collected until there are so many, or for so long, and handed over as one text. */
const batchLines = 128;
const collectMs = 100;
/** What may wait for a slow reader. */
const waitingBytesMax = 4 * 1_048_576;

type Level = "info" | "warn" | "error";

export function openLines(options: LinesOptions): Lines {
  const { log, redact, to = 1, clock = systemClock } = options;
  const nothing = () => undefined;
  if (log === "none") {
    const none = { request: nothing, event: nothing, difference: nothing };
    return {
      ...none,
      ...{ say: nothing, fail: nothing, dropped: () => 0, close: async () => undefined },
    };
  }
  let dropped = 0;
  const destination = pino.destination({
    dest: to,
    sync: false,
    maxLength: waitingBytesMax,
  });
  destination.on("drop", () => dropped++);
  // Whoever read our lines has gone, or the disk is full: neither may end the gateway.
  destination.on("error", () => dropped++);
  const logger = pino({ base: null }, destination as DestinationStream);
  const collected = new LineCollector((text) => destination.write(text), clock);
  const write = (level: Level, facts: object, sentence: string) => {
    collected.handOver();
    logger[level](facts, sentence);
  };
  return {
    request: log === "requests" ? (row) => collected.add(requestLine(row, redact)) : nothing,
    event: (event) => {
      const [level, sentence, facts] = eventLine(event, redact);
      write(level, facts, sentence);
    },
    difference:
      log === "requests"
        ? (api, difference) => write("info", differenceFacts(api, difference, redact), "difference")
        : nothing,
    say: (sentence) => write("info", {}, redact(sentence)),
    fail: (doing, error) => write("error", { error: describeError(error, redact) }, redact(doing)),
    dropped: () => dropped,
    close: () => {
      collected.handOver();
      return end(destination);
    },
  };
}

/** One text of many lines is put together, encoded and written at a fraction of what they cost one by one. */
class LineCollector {
  readonly #write: (text: string) => void;
  readonly #clock: Clock;
  #lines: string[] = [];
  #cancelTimer = () => {};

  constructor(write: (text: string) => void, clock: Clock) {
    this.#write = write;
    this.#clock = clock;
  }

  add(line: string): void {
    const count = this.#lines.push(line);
    if (count === 1) this.#cancelTimer = this.#clock.after(collectMs, () => this.handOver());
    if (count >= batchLines) this.handOver();
  }

  handOver(): void {
    if (this.#lines.length === 0) return;
    this.#cancelTimer();
    const text = this.#lines.join("");
    this.#lines = [];
    this.#write(text);
  }
}

type EventLine = readonly [level: Level, sentence: string, facts: object];

/** Of an event, too, only what is named here. */
function eventLine(event: GateEvent, redact: Redact): EventLine {
  switch (event.kind) {
    case "fault": {
      const { step, requestId } = event;
      return ["error", "fault", { step, requestId, error: describeError(event.error, redact) }];
    }
    case "limits_down":
    case "directory_down":
    case "shadow_down":
      return ["warn", event.kind, { error: describeError(event.error, redact) }];
    case "limits_back":
    case "directory_back":
    case "shadow_back":
      return ["info", event.kind, {}];
    case "hold_expired":
      return ["warn", "hold_expired", { requestId: event.holdId }];
    case "unfolded": {
      const { requestId, operation, status } = event;
      return ["warn", "unfolded", { requestId, operation, status }];
    }
  }
}

/** Only what is named here, as of a request. */
function differenceFacts(api: string, difference: Difference, redact: Redact): object {
  const { kind, requestId, accountId, keyId, operation, real, shadow } = difference;
  const side = ({ status, code, by, charged, isMost }: Difference["real"]) => ({
    status,
    code,
    by: by && redact(by),
    charged,
    ...(isMost && { isMost }),
  });
  const who = { api, kind, requestId, accountId, keyId, operation };
  return { ...who, real: side(real), shadow: side(shadow) };
}

function end(destination: ReturnType<typeof pino.destination>): Promise<void> {
  return new Promise((resolve) => {
    destination.once("close", () => resolve());
    destination.once("error", () => resolve());
    destination.end();
  });
}
