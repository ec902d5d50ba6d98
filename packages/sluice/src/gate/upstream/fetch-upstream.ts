/** An upstream that is a plain web `fetch` handler with error shapes of its own and no gate code. */
import { type Awaitable, assert, joinBytes } from "../../base/index.ts";
import { namedByConnection, REFUSE, type Refusal } from "../../contract/index.ts";
import type { ByteSource, PassedBody } from "../call.ts";
import type { Caller } from "../keys/identity.ts";
import { continued, isEventStream, sourceOf } from "../stream/byte-source.ts";
import { toldRefusal } from "./told-refusal.ts";
import type { Upstream, Work, WorkDone } from "./upstream.ts";

/** The caller as an embedded upstream gets it. */
export type EmbeddedCaller = Caller & { readonly requestId: string };

/** `request.url` has the path after the API's base path, on a host of no meaning. */
export type FetchHandler = (request: Request, caller: EmbeddedCaller) => Awaitable<Response>;

const ORIGIN = "http://upstream";
/** A larger answer is a fault: it would have to be kept whole until it is paid for. */
const BODY_BYTES_MAX = 16 * 1_048_576;
/** Up to here an answer is collected; a longer one is passed on as it comes, where nothing must be read from it. */
const WHOLE_BYTES_MAX = 65_536;

/**
 * @example
 * const upstream = fetchUpstream((request, caller) => app.fetch(request, { caller }));
 */
export function fetchUpstream(handler: FetchHandler): Upstream {
  const send = async (work: Work): Promise<WorkDone | Refusal> => {
    const caller = { ...work.caller, requestId: work.requestId };
    const response = await handler(requestFor(work), caller);
    const told = response.headers.get(REFUSE);
    if (told === null) return read(response, work);
    const refusal = toldRefusal(told);
    // Nobody reads it.
    void response.body?.cancel().catch(() => undefined);
    return refusal;
  };
  return { run: send, quote: send };
}

function requestFor(work: Work): Request {
  const body = work.bodyBytes ?? (work.passedBody && streamOf(work.passedBody));
  return new Request(`${ORIGIN}${work.path}${work.search}`, {
    method: work.method,
    headers: [...work.headers()].map(([name, value]): [string, string] => [name, value]),
    signal: work.signal,
    // Bytes are copied by `Request` itself.
    ...(body !== undefined && {
      body: body as Uint8Array<ArrayBuffer> | ReadableStream,
      duplex: "half",
    }),
  });
}

async function read(response: Response, work: Work): Promise<WorkDone> {
  const headers = headersOf(response);
  const { status, ok } = response;
  if (response.body === null) return { status, headers, body: "" };
  const source = sourceOf(response.body);
  // Events are passed on as they come; an error that calls itself a stream of them is read whole.
  if (ok && isEventStream(headers)) return { status, headers, body: source };
  const mayPass = ok && !work.needsWhole;
  const bytesMax = mayPass ? WHOLE_BYTES_MAX : BODY_BYTES_MAX;
  const { pieces, ended } = await readUpTo(source, bytesMax, work);
  if (!ended) {
    assert(mayPass, () => `an answer of more than ${BODY_BYTES_MAX} bytes`);
    const length = response.headers.get("content-length");
    // Where `fetch` has decoded the body, its length is not that of the header.
    const isPlain = response.headers.get("content-encoding") === null;
    const known = isPlain && length !== null && { length: Number(length) };
    return { status, headers, body: continued(pieces, source), ...known };
  }
  const bytes = joinBytes(pieces);
  // Nothing is text whatever it is said to be, and can be kept for a repeated key.
  if (bytes.length === 0) return { status, headers, body: "" };
  const isText = /json|^text\//.test(response.headers.get("content-type") ?? "");
  return { status, headers, body: (isText ? textOf(bytes) : undefined) ?? bytes };
}

const MARK = 0xef;
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

function streamOf(body: PassedBody): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = await body.next();
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
      cancel: (reason) => body.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
