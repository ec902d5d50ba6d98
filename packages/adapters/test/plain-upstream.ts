// The work of Press with no framework around it, for the native adapters; and what it comes to as a `Response`.

import { Readable } from "node:stream";
import { type ByteSource, readResponse, type Upstream } from "sluice/gate";
import { type Doing, type Done, doPlainly, operations, type Told } from "./doing.ts";

/** What the test says, else what is plainly done. */
export async function doneBy(doing: Doing, told: Told): Promise<Done> {
  return (await doing(told)) ?? doPlainly(told);
}

/** For the natives: the work, with no framework around it. */
export function plainUpstream(doing: Doing): Upstream {
  return {
    async run(work) {
      const { caller, requestId, signal, params, query, body, passedBody } = work;
      const operation = operations.find(([name]) => name === work.operation)?.[0];
      if (operation === undefined) throw new Error(`no route answers ${work.operation}`);
      const told: Told = {
        operation,
        caller: { ...caller, requestId },
        signal,
        input: { params, query, body },
        body: passedBody === undefined ? body : Readable.from(piecesOf(passedBody)),
        headers: Object.fromEntries(work.headers()),
        method: work.method,
      };
      return readResponse(responseOf(await doneBy(doing, told)), work);
    },
    quote: ({ body }) => sizeOf(body),
  };
}

async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let piece = await source.next(); piece !== undefined; piece = await source.next())
    yield piece;
}

export const sizeOf = (body: unknown) => (body as { size: number }).size;

export async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield new TextEncoder().encode(piece);
}

export function isPieces(body: Done["body"]): body is AsyncIterable<string> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}

export function responseOf({ status, headers, body }: Done): Response {
  const isBodiless = status === 204 || status === 304;
  // Nothing is made before it is asked for.
  const content = isPieces(body) ? ReadableStream.from(bytesOf(body)) : isBodiless ? null : body;
  return new Response(content as ConstructorParameters<typeof Response>[0], {
    status,
    headers: headers.map(([n, v]) => [n, v]),
  });
}
