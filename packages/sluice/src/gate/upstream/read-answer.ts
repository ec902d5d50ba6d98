/** An answer whose bytes are still to come, read as far as the gate needs it before it leaves. */
import { type Awaitable, assert, joinBytes } from "../../base/index.ts";
import { headerIn, namedByConnection, REFUSE, type Refusal } from "../../contract/index.ts";
import type { ByteSource } from "../call.ts";
import { continued, isEventStream, sourceOf, sourceOfOne } from "../stream/byte-source.ts";
import { toldRefusal } from "./told-refusal.ts";
import type { Work, WorkDone } from "./upstream.ts";

/** What a server of any kind says first, and where the rest comes from. */
export interface ComingAnswer {
  readonly status: number;
  /** A flat list: name, value, name, value. */
  readonly headers: readonly string[];
  /** Whole where it is there already, and its text in UTF-8. Undefined where there is none. */
  readonly body: ByteSource | string | Uint8Array | undefined;
}

/** A larger answer is a fault: it would have to be kept whole until it is paid for. */
const BODY_BYTES_MAX = 16 * 1_048_576;
/** Up to here an answer is collected; a longer one is passed on as it comes, where nothing must be read from it. */
const WHOLE_BYTES_MAX = 65_536;

/** A web `Response` as the work that it says was done. */
export function readResponse(response: Response, work: Work): Awaitable<WorkDone | Refusal> {
  const { status, body } = response;
  return readAnswer(
    { status, headers: headersOf(response), body: body === null ? undefined : sourceOf(body) },
    work,
  );
}

/**
 * What was answered, or the refusal that its `Sluice-Refuse` tells. Events and long answers are handed on as they come.
 * Rejects when the caller leaves or the deadline passes before there is enough of it, and past 16 MiB of what must be whole.
 */
export function readAnswer(answer: ComingAnswer, work: Work): Awaitable<WorkDone | Refusal> {
  const { status, headers, body } = answer;
  const told = headerIn(headers, REFUSE);
  if (told !== undefined) {
    const refusal = toldRefusal(told);
    // Nobody reads it.
    if (isSource(body)) body.cancel();
    return refusal;
  }
  if (body === undefined) return { status, headers, body: "" };
  // Events are passed on as they come; an error that calls itself a stream of them is read whole.
  const isEvents = isOk(status) && isEventStream(headers);
  // What is short and there already is not waited for, unless there is nobody any more who does.
  if (!isSource(body) && !isEvents && isShort(body) && !work.call.aborted) {
    return { status, headers, body: contentIn(headers, ownCopy(body)) };
  }
  const source = isSource(body) ? body : sourceOfOne(body);
  return isEvents ? { status, headers, body: source } : readSource(answer, source, work);
}

async function readSource(
  { status, headers }: ComingAnswer,
  source: ByteSource,
  work: Work,
): Promise<WorkDone> {
  const mayPass = isOk(status) && !work.needsWhole;
  const bytesMax = mayPass ? WHOLE_BYTES_MAX : BODY_BYTES_MAX;
  const { pieces, ended } = await readUpTo(source, bytesMax, work);
  if (ended) return { status, headers, body: contentIn(headers, joinBytes(pieces)) };
  assert(mayPass, () => `an answer of more than ${BODY_BYTES_MAX} bytes`);
  const length = headerIn(headers, "content-length");
  // Where `fetch` has decoded the body, its length is not that of the header.
  const isPlain = headerIn(headers, "content-encoding") === undefined;
  const known = isPlain && length !== undefined && { length: Number(length) };
  return { status, headers, body: continued(pieces, source), ...known };
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}

function isSource(body: ComingAnswer["body"]): body is ByteSource {
  return typeof body === "object" && "next" in body;
}

const encoder = new TextEncoder();

/** At most three bytes a character. */
function isShort({ length }: string | Uint8Array): boolean {
  return length <= WHOLE_BYTES_MAX / 3;
}

function contentIn(headers: readonly string[], body: string | Uint8Array): string | Uint8Array {
  // Nothing is text whatever it is said to be, and can be kept for a repeated key.
  if (body.length === 0) return "";
  const isText = /json|^text\//.test(headerIn(headers, "content-type") ?? "");
  if (typeof body === "string") {
    // Text that its own bytes would not give again is taken as bytes.
    if (isText && body.isWellFormed() && body.charCodeAt(0) < MARKED_FROM) return body;
    return contentIn(headers, encoder.encode(body));
  }
  return (isText ? textOf(body) : undefined) ?? body;
}

/** A route may use its bytes for something else once they are written. */
function ownCopy(body: string | Uint8Array): string | Uint8Array {
  return typeof body === "string" ? body : new Uint8Array(body);
}

const MARK = 0xef;
/** The first character whose first byte is that one. */
const MARKED_FROM = 0xf000;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Undefined where the text would not give the same bytes again: in another encoding, or behind a byte order mark. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === MARK) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A handler may hand on what another server said: what was for that connection ends here (RFC 9110 §7.6.1). */
function headersOf(response: Response): string[] {
  const named = namedByConnection(response.headers.get("connection") ?? undefined);
  const headers: string[] = [];
  for (const [name, value] of response.headers) {
    if (!named?.has(name)) headers.push(name, value);
  }
  return headers;
}

/** What comes until there is more than `bytesMax`. Whoever left waits for nothing more, and it is not made for nobody. */
async function readUpTo(source: ByteSource, bytesMax: number, work: Work) {
  const pieces: Uint8Array[] = [];
  let broken: { readonly reason: unknown } | undefined;
  const stopListening = work.onAbort((reason) => {
    broken = { reason };
    source.cancel(reason);
  });
  try {
    for (let length = 0; length <= bytesMax; ) {
      const piece = await source.next();
      if (broken !== undefined) throw broken.reason;
      if (piece === undefined) return { pieces, ended: true };
      pieces.push(piece);
      length += piece.length;
    }
    return { pieces, ended: false };
  } finally {
    stopListening();
  }
}
