/** The gate as a web `fetch` handler: `Request` in, `Response` out. For Bun, Deno, Workers and frameworks. */
import type { Answer, BodyRead, Call, Gate } from "../gate/index.ts";

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
  gate: Gate,
  options: FetchAdapterOptions = {},
): (request: Request) => Promise<Response> {
  const mount = options.mount ?? "";
  const addressOf = options.addressOf ?? (() => "unknown");
  return async (request) => {
    const answer = await gate.handle(callFrom(request, mount, addressOf(request)));
    return responseFrom(answer, request.method);
  };
}

function callFrom(request: Request, mount: string, address: string): Call {
  const { url } = request;
  const pathAt = url.indexOf("/", url.indexOf("://") + 3);
  const hash = url.indexOf("#", pathAt);
  const target = url.slice(pathAt, hash < 0 ? undefined : hash);
  return {
    method: request.method,
    target: target.startsWith(mount) ? target.slice(mount.length) || "/" : "/",
    address,
    header: (name) => request.headers.get(name) ?? undefined,
    headers: () => request.headers,
    hasBody: request.body !== null,
    readBody: (bytesMax) => readBody(request, bytesMax),
    get aborted() {
      return request.signal.aborted;
    },
    onAbort(listener) {
      request.signal.addEventListener("abort", listener, { once: true });
      return () => request.signal.removeEventListener("abort", listener);
    },
  };
}

async function readBody(request: Request, bytesMax: number): Promise<BodyRead> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > bytesMax) return { kind: "too_large" };
      chunks.push(chunk);
    }
  } catch {
    return { kind: "aborted" };
  }
  return { kind: "bytes", bytes: await new Blob(chunks.map((c) => Uint8Array.from(c))).bytes() };
}

function responseFrom({ status, headers, body }: Answer, method: string): Response {
  const list: [string, string][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2)
    list.push([headers[i] ?? "", headers[i + 1] ?? ""]);
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  const content = typeof body === "string" ? body : Uint8Array.from(body);
  return new Response(bodiless ? null : content, { status, headers: list });
}
