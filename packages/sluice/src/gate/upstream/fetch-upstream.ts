/** An upstream that is a plain web `fetch` handler with error shapes of its own and no gate code. */
import { parseItem, Token } from "structured-headers";
import { type Awaitable, assert, readBytes } from "../../base/index.ts";
import { REFUSE, type Refusal, refuseDomain } from "../../contract/index.ts";
import type { Caller } from "../keys/identity.ts";
import type { Upstream, Work, WorkDone } from "./upstream.ts";

/** The caller as an embedded upstream gets it. */
export type EmbeddedCaller = Caller & { readonly requestId: string };

/** `request.url` has the path after the API's base path, on a host of no meaning. */
export type FetchHandler = (request: Request, caller: EmbeddedCaller) => Awaitable<Response>;

const ORIGIN = "http://upstream";
/** A larger answer is a fault: it would have to be kept whole until it is paid for. */
const BODY_BYTES_MAX = 16 * 1_048_576;

/**
 * @example
 * const upstream = fetchUpstream((request, caller) => app.fetch(request, { caller }));
 */
export function fetchUpstream(handler: FetchHandler): Upstream {
  const send = async (work: Work): Promise<WorkDone | Refusal> => {
    const caller = { ...work.caller, requestId: work.requestId };
    const response = await handler(requestFor(work), caller);
    return refusalIn(response) ?? read(response);
  };
  return { run: send, quote: send };
}

function requestFor(work: Work): Request {
  const body = work.bodyBytes;
  return new Request(`${ORIGIN}${work.path}${work.search}`, {
    method: work.method,
    headers: [...work.headers()].map(([name, value]): [string, string] => [name, value]),
    signal: work.signal,
    // Copied by `Request` itself.
    ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> }),
  });
}

/** `Sluice-Refuse: conflict; param="name"` (RFC 9651): the upstream speaks our vocabulary. */
function refusalIn(response: Response): Refusal | undefined {
  const header = response.headers.get(REFUSE);
  if (header === null) return undefined;
  const [value, parameters] = parseItem(header);
  const condition = value instanceof Token ? value.toString() : String(value);
  const param = parameters.get("param");
  return refuseDomain(condition, {
    ...(typeof param === "string" && { param }),
  });
}

async function read(response: Response): Promise<WorkDone> {
  const headers: string[] = [];
  for (const [name, value] of response.headers) headers.push(name, value);
  const { status, body: stream } = response;
  if (stream !== null && isEventStream(response)) return { status, headers, body: stream };
  const bytes = await readBytes(response.body, BODY_BYTES_MAX);
  assert(bytes !== undefined, () => `an answer of more than ${BODY_BYTES_MAX} bytes`);
  const isText = /json|^text\//.test(response.headers.get("content-type") ?? "");
  const body = isText ? new TextDecoder().decode(bytes) : bytes;
  return { status, headers, body };
}

/** Events are passed on as they come; an error that calls itself a stream of them is read whole. */
function isEventStream({ headers, ok }: Response): boolean {
  return ok && /^text\/event-stream\s*(;|$)/i.test(headers.get("content-type") ?? "");
}
