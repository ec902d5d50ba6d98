/** The user's own `undici`, by the slice that is needed: its `request` costs less than half of what `fetch` does. */
import type { Transport } from "./transport.ts";

interface UndiciAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { text(): Promise<string> };
}

/** As much of `undici` as a transport needs. */
export interface UndiciLike {
  request(
    url: string,
    options: {
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly signal: AbortSignal;
    },
  ): Promise<UndiciAnswer>;
}

/**
 * @example
 * import * as undici from "undici";
 * const client = createClient(wire, { apiKey, baseUrl, transport: undiciTransport(undici) });
 */
export function undiciTransport(undici: UndiciLike): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const answer = await undici.request(url, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body }),
    });
    const header = (name: string) => {
      const value = answer.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : (value ?? null);
    };
    return {
      status: answer.statusCode,
      header,
      *headers() {
        for (const name of Object.keys(answer.headers)) yield [name, header(name) ?? ""] as const;
      },
      get stream() {
        return streamOf(answer.body);
      },
      text: () => answer.body.text(),
    };
  };
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
