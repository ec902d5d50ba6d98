/** One attempt: sent, and read as far as must be to know whether it went well. Ends at its own deadline at the latest. */

import type { LogicalCall } from "./call/logical-call.ts";
import { failureOfThrown } from "./failure/connection-failure.ts";
import type { Failure } from "./failure/failure.ts";
import { readFailure } from "./failure/read-failure.ts";
import { type FailedAtOnce, isEventStream, openStream } from "./first-event.ts";
import type { ClientSettings } from "./settings.ts";
import { boundedText } from "./transport/bounded-text.ts";
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

export async function attempt(
  call: LogicalCall,
  client: ClientSettings,
  leftMs: number,
  added?: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const controller = new AbortController();
  const timeoutMs = Math.min(client.deadline.attemptMs, leftMs);
  const stopTimer = client.wheel.after(timeoutMs, () =>
    controller.abort(new AttemptTimeout(`no answer within ${Math.ceil(timeoutMs)} ms`)),
  );
  // Whoever holds this signal holds both; nothing has to be taken off the caller's own again.
  const signal = call.signal
    ? AbortSignal.any([call.signal, controller.signal])
    : controller.signal;
  try {
    const { method, url, body } = call;
    const headers = added === undefined ? call.headers : { ...added, ...call.headers };
    const answer = await client.transport({
      method,
      url,
      headers,
      body,
      signal,
    });
    if (answer.status >= 200 && answer.status < 300) {
      if (call.reads === "text") {
        const text = await boundedText(answer, TEXT_BYTES_MAX);
        stopTimer();
        return { ok: true, answer, text, abort: () => undefined };
      }
      const opened = isEventStream(answer) ? await openStream(answer, client) : answer;
      // The deadline was for the head; the caller can still leave.
      stopTimer();
      if ("failure" in opened) return failedAtOnce(opened, answer, client);
      return { ok: true, answer: opened, abort: (reason) => controller.abort(reason) };
    }
    const text = await boundedText(answer, ERROR_BYTES_MAX);
    stopTimer();
    return failed(call, client, answer, text);
  } catch (error) {
    stopTimer();
    if (call.signal?.aborted) throw call.signal.reason;
    return { ok: false, failure: failureOfThrown(error, client.secret), kept: undefined };
  }
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
