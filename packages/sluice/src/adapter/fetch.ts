/** The gate as a web `fetch` handler: `Request` in, `Response` out. For Bun, Deno, Workers and frameworks. */
import { atEndOfTurn, readBytes } from "../base/index.ts";
import {
  type Answer,
  type BodyRead,
  type Call,
  type Gate,
  isAnswerStream,
  type PassedBody,
} from "../gate/index.ts";
import { bodyOf } from "./answer-body.ts";
import { belowMount, checkMount } from "./mount.ts";

export interface FetchAdapterOptions {
  /** The path under which the API is mounted; cut off before the gate looks. @default "" */
  readonly mount?: string;
  /** The address of the client, where the runtime knows it. @default unknown: all share one */
  readonly addressOf?: (request: Request) => string;
}

/**
 * @example
 * Bun.serve({ fetch: createFetchHandler(gate) });
 */
export function createFetchHandler(
  gate: Pick<Gate, "handle">,
  options: FetchAdapterOptions = {},
): (request: Request) => Promise<Response> {
  const mount = checkMount(options.mount);
  return async (request) => {
    const address = options.addressOf?.(request) ?? "unknown";
    const answer = await gate.handle(new FetchCall(request, mount, address));
    await new Promise<void>(atEndOfTurn);
    return responseFrom(answer, request.method);
  };
}

/** Reads from the request only what it is asked for: servers make `Request` lazily, its signal last of all. */
class FetchCall implements Call {
  readonly #request: Request;
  readonly target: string;
  readonly address: string;

  constructor(request: Request, mount: string, address: string) {
    this.#request = request;
    this.address = address;
    const { url } = request;
    const path = url.indexOf("/", url.indexOf("://") + 3);
    const hash = url.indexOf("#", path);
    this.target = belowMount(mount, url.slice(path, hash < 0 ? undefined : hash));
  }

  get method(): string {
    return this.#request.method;
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  headers(): Iterable<readonly [string, string]> {
    return this.#request.headers;
  }

  async readBody(bytesMax: number): Promise<BodyRead> {
    try {
      const bytes = this.#isShort(bytesMax)
        ? new Uint8Array(await this.#request.arrayBuffer())
        : await readBytes(this.#request.body, bytesMax);
      const fits = bytes !== undefined && bytes.length <= bytesMax;
      return fits ? { kind: "bytes", bytes } : { kind: "too_large" };
    } catch {
      return { kind: "aborted" };
    }
  }

  openBody(): PassedBody {
    const length = this.header("content-length");
    const reader = this.#request.body?.getReader();
    return {
      length: length === undefined ? undefined : Number(length),
      next: async () => (await reader?.read())?.value,
      cancel: (reason) => void reader?.cancel(reason).catch(() => undefined),
    };
  }

  /** A server reads no more than the length that was declared, and at once is much cheaper than as a stream. */
  #isShort(bytesMax: number): boolean {
    const declared = this.header("content-length");
    return declared !== undefined && /^\d+$/.test(declared) && Number(declared) <= bytesMax;
  }

  get aborted(): boolean {
    return this.#request.signal.aborted;
  }

  onAbort(listener: () => void): () => void {
    const { signal } = this.#request;
    signal.addEventListener("abort", listener, { once: true });
    return () => signal.removeEventListener("abort", listener);
  }
}

function responseFrom(answer: Answer, method: string): Response {
  const { status, headers, body } = answer;
  const length = isAnswerStream(body) ? body.length : undefined;
  if (length !== undefined) headers.push("Content-Length", String(length));
  return new Response(bodyOf(answer, method), { status, headers: headersInit(headers) });
}

/** A plain record is what servers turn into bytes fastest; names that repeat need the list. */
function headersInit(headers: readonly string[]): Record<string, string> | [string, string][] {
  const record: Record<string, string> = {};
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (record[name] !== undefined || isSetCookie(name)) return headerPairs(headers);
    record[name] = headers[i + 1] ?? "";
  }
  return record;
}

/** The one header that servers send several times and nobody may join. */
function isSetCookie(name: string): boolean {
  return name.length === 10 && name.toLowerCase() === "set-cookie";
}

function headerPairs(headers: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    pairs.push([headers[i] ?? "", headers[i + 1] ?? ""]);
  }
  return pairs;
}
