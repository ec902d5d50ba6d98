/** One attempt: sent, and read as far as must be to know whether it went well. Ends at its own deadline at the latest. */

import { completionOf, type LogicalCall } from "./call/logical-call.ts";
import { withinChunkTime } from "./chunk-time.ts";
import { failureOfThrown } from "./failure/connection-failure.ts";
import type { Failure } from "./failure/failure.ts";
import { readFailure } from "./failure/read-failure.ts";
import { type FailedAtOnce, isEventStream, openStream } from "./first-event.ts";
import { heldBody, isJson } from "./held-body.ts";
import type { ClientSettings } from "./settings.ts";
import { boundedText } from "./transport/bounded-text.ts";
import { BreakOff } from "./transport/break-off.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/** An error answer that has been read: for whoever wants it as it came. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export type Outcome =
  | {
      readonly ok: true;
      readonly answer: TransportAnswer;
      /** The body, for a call that reads it whole. */
      readonly text?: string;
      /** Breaks the body off that is still on its way. */
      readonly abort: (reason: unknown) => void;
    }
  | { readonly ok: false; readonly failure: Failure; readonly kept: KeptAnswer | undefined };

/** Of an error body that is read; the rest tells nobody more. */
const ERROR_BYTES_MAX = 65_536;
/** Of an answer that is read whole. */
const TEXT_BYTES_MAX = 64 * 1_048_576;

const STATUS_OF_FAILED_STREAM = 502;

export class AttemptTimeout extends Error {
  override readonly name = "TimeoutError";
}

/** Rejects only with its caller's own reason. @param added headers that a listener adds to this attempt. */
export function attempt(
  call: LogicalCall,
  client: ClientSettings,
  deadlineMs: number,
  added?: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const breakOff = new BreakOff(call.signal);
  const leftMs = deadlineMs - client.clock.monotonicMs();
  const timeoutMs = Math.min(client.deadline.attemptMs, leftMs);
  const timer = client.wheel.after(timeoutMs, () =>
    breakOff.abort(new AttemptTimeout(`no answer within ${Math.ceil(timeoutMs)} ms`)),
  );
  const onThrown = (error: unknown): Outcome => {
    timer.cancel();
    if (call.signal?.aborted) throw call.signal.reason;
    return { ok: false, failure: failureOfThrown(error, client.secret), kept: undefined };
  };
  const onAnswer = async (answer: TransportAnswer) => {
    try {
      const outcome = await read(answer, call, client, breakOff);
      timer.cancel();
      return outcome;
    } catch (error) {
      return onThrown(error);
    }
  };
  const { method, url, body } = call;
  const headers = added === undefined ? call.headers : { ...added, ...call.headers };
  const request = {
    method,
    url,
    headers,
    body,
    light: breakOff.light,
    get signal() {
      return breakOff.signal;
    },
  };
  // No `await` here: what is under way for long should take little memory.
  return client.transport(request).then(onAnswer, onThrown);
}

/** As far as must be: a stream until its first event, a POST's answer that can be had again, anything else not at all. */
async function read(
  answer: TransportAnswer,
  call: LogicalCall,
  client: ClientSettings,
  breakOff: BreakOff,
): Promise<Outcome> {
  if (answer.status < 200 || answer.status >= 300) {
    return failed(call, client, answer, await boundedText(answer, ERROR_BYTES_MAX));
  }
  if (call.reads === "text") {
    const text = await boundedText(answer, TEXT_BYTES_MAX);
    return { ok: true, answer, text, abort: () => undefined };
  }
  const abort = (reason: unknown) => breakOff.abort(reason);
  if (!isEventStream(answer)) {
    // What was paid for and is cut off is asked for again under its key, which nobody above needs to know.
    const isDear = call.method === "POST" && call.canRepeat && isJson(answer);
    return { ok: true, answer: isDear ? await heldBody(answer) : answer, abort };
  }
  // Whoever reads the events sees how they end, and when nothing comes: twice is not better.
  const isReadHere = call.reads === "events";
  const completion = isReadHere ? undefined : completionOf(call, client);
  const opened = await openStream(answer, client, completion, (piece) =>
    isReadHere ? piece : withinChunkTime(piece, abort, client),
  );
  if ("failure" in opened) return failedAtOnce(opened, answer, client);
  return { ok: true, answer: opened, abort };
}

/** What is handed on says what the event said, with the status that its code has elsewhere. */
function failedAtOnce(
  { failure, data }: FailedAtOnce,
  answer: TransportAnswer,
  { secret }: ClientSettings,
): Outcome {
  const headers = [...answer.headers()].filter(([name]) => name.toLowerCase() !== "content-type");
  const kept: KeptAnswer = {
    status: failure.status ?? STATUS_OF_FAILED_STREAM,
    headers: [...headers, ["content-type", "application/json"]],
    body: secret.redact(data),
  };
  return { ok: false, failure, kept };
}

function failed(
  { method }: LogicalCall,
  { wire, clock, secret }: ClientSettings,
  answer: TransportAnswer,
  body: string,
): Outcome {
  const { status } = answer;
  const facts = { status, method, body, header: (name: string) => answer.header(name) };
  const failure = readFailure(facts, wire, clock.wallMs());
  // Servers repeat a key that they do not know; whoever reads the answer may log it.
  const kept = { status, headers: [...answer.headers()], body: secret.redact(body) };
  return { ok: false, failure, kept };
}
