// An error as lines may hold it: what kind, what it says and where it was thrown, bounded, and without keys. Its own members are
// left out: drivers keep whole queries and requests in them.

import type { Redact } from "./redaction.ts";

export interface ErrorText {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorText;
}

const messageLengthMax = 500;
const stackLengthMax = 2_000;
const causesMax = 3;

export function describeError(error: unknown, redact: Redact, causesLeft = causesMax): ErrorText {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: safe(String(error), messageLengthMax, redact) };
  }
  const { name, message, stack, cause } = error;
  return {
    name: safe(name, messageLengthMax, redact),
    message: safe(message, messageLengthMax, redact),
    ...(stack !== undefined && { stack: safe(framesOf(stack), stackLengthMax, redact) }),
    ...(cause !== undefined &&
      causesLeft > 0 && { cause: describeError(cause, redact, causesLeft - 1) }),
  };
}

/** Without the message that stands before the frames. */
function framesOf(stack: string): string {
  const first = stack.indexOf("\n    at ");
  return first < 0 ? "" : stack.slice(first + 1);
}

/** Redacted before it is cut: half a key at the end would not look like one. */
function safe(text: string, lengthMax: number, redact: Redact): string {
  return redact(text).slice(0, lengthMax);
}
