/** An upstream that is a plain web `fetch` handler with error shapes of its own and no gate code. */
import type { Awaitable } from "../../base/index.ts";
import type { Refusal } from "../../contract/index.ts";
import type { PassedBody } from "../call.ts";
import type { Caller } from "../keys/identity.ts";
import { readResponse } from "./read-answer.ts";
import type { Upstream, Work, WorkDone } from "./upstream.ts";

/** The caller as an embedded upstream gets it. */
export type EmbeddedCaller = Caller & { readonly requestId: string };

/** `request.url` has the path after the API's base path, on a host of no meaning. */
export type FetchHandler = (request: Request, caller: EmbeddedCaller) => Awaitable<Response>;

const ORIGIN = "http://upstream";

/**
 * @example
 * const upstream = fetchUpstream((request, caller) => app.fetch(request, { caller }));
 */
export function fetchUpstream(handler: FetchHandler): Upstream {
  const send = async (work: Work): Promise<WorkDone | Refusal> => {
    const request = new Request(`${ORIGIN}${work.path}${work.search}`, requestInit(work));
    return readResponse(await handler(request, embeddedCaller(work)), work);
  };
  return { run: send, quote: send };
}

export function embeddedCaller({ caller, requestId }: Work): EmbeddedCaller {
  return { ...caller, requestId };
}

/** The work as a web `Request` is made from it: no keys, nothing that speaks to the gate. */
export function requestInit(work: Work): RequestInit {
  const body = work.bodyBytes ?? (work.passedBody && streamOf(work.passedBody));
  const init = {
    method: work.method,
    headers: [...work.headers()].map(([name, value]): [string, string] => [name, value]),
    signal: work.signal,
    // Bytes are copied by `Request` itself.
    ...(body !== undefined && {
      body: body as Uint8Array<ArrayBuffer> | ReadableStream,
      duplex: "half",
    }),
  };
  return init as RequestInit;
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
