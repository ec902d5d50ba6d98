/** How a request gets to the server and an answer back: the one thing here that touches the network. */
import type { Listenable } from "./break-off.ts";

export interface TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TransportBody | undefined;
  readonly signal: AbortSignal;
  /** In place of `signal`, for a transport that only listens: much cheaper. Undefined where there must be a real one. */
  readonly light?: Listenable | undefined;
}

/** What can be sent as it is, and sent again; a stream can be sent once. */
export type TransportBody =
  | string
  | Uint8Array<ArrayBuffer>
  | ReadableStream<Uint8Array>
  | Blob
  | FormData;

/** The head of an answer; its body is read once. */
export interface TransportAnswer {
  readonly status: number;
  /** @param name in lower case. */
  header(name: string): string | null;
  headers(): Iterable<readonly [string, string]>;
  readonly stream: ReadableStream<Uint8Array> | null;
  /**
   * The body's text up to a bound, where there is a quicker way to it than the stream. Whoever puts another stream in
   * the place of this one leaves it out.
   */
  readonly text?: ((bytesMax: number) => Promise<string>) | undefined;
  /** The platform's own answer, where it came as such: handed on as it is, it costs nothing more. */
  readonly response?: Response | undefined;
}

/** Rejects when there is no answer. Aborts with the signal. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/** The platform's own answer, unless somebody has put another stream in the place of its body. */
export function untouched(answer: TransportAnswer): Response | undefined {
  const { response } = answer;
  return response !== undefined && response.body === answer.stream ? response : undefined;
}

/** A `fetch` by its slice, so that any will do. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** Over any `fetch`: the platform's unless told otherwise. */
export function fetchTransport(fetchLike?: FetchLike): Transport {
  return ({ method, url, headers, body, signal }) => {
    const send = fetchLike ?? globalThis.fetch;
    const init: RequestInit & { duplex?: "half" } = { method, headers, signal, redirect: "manual" };
    if (body !== undefined) init.body = body;
    if (body instanceof ReadableStream) init.duplex = "half";
    return send(url, init).then(answerOf);
  };
}

function answerOf(response: Response): TransportAnswer {
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    headers: () => response.headers,
    get stream() {
      return response.body;
    },
    response,
  };
}
