// One question that a server is asked again and again, and the answer that it must give: what every
// row of a table has in common.

import { ITEMS, ITEMS_PATH } from "./answer.ts";
import { BenchError } from "./machine.ts";
import type { Load } from "./wrk.ts";

export interface Exchange {
  readonly path: string;
  /** What a key of this API begins with. */
  readonly keyPrefix: string;
  /** How a caller shows a key. */
  readonly keyHeader: (key: string) => Readonly<Record<string, string>>;
  /** JSON to post. Absent: a GET. */
  readonly body?: string;
  /** The text of the answer. */
  readonly answer: string;
  /** Makes alike what differs from answer to answer: ids, times. @default nothing does */
  readonly alike?: (text: string) => string;
}

/** The items that every bare server of `bench:gate` lists. */
export const itemsExchange: Exchange = {
  path: ITEMS_PATH,
  keyPrefix: "bench_live_",
  keyHeader: (key) => ({ "x-api-key": key }),
  answer: JSON.stringify(ITEMS),
};

export function loadOf({ path, keyHeader, body }: Exchange, key: string): Load {
  return { path, headers: keyHeader(key), connections: 32, ...(body !== undefined && { body }) };
}

export interface Guard {
  /** What to call the server when it answers wrong. */
  readonly name: string;
  readonly key: string;
  /** Whether it must refuse this one. Absent: it answers anybody. */
  readonly unknownKey?: string;
}

/** A server that forgets the check or answers less would win: look before measuring. */
export async function checkExchange(
  exchange: Exchange,
  origin: string,
  { name, key, unknownKey }: Guard,
): Promise<void> {
  const { alike = (text: string) => text } = exchange;
  const known = await ask(exchange, origin, name, key);
  const text = await known.text();
  if (known.status !== 200 || alike(text) !== alike(exchange.answer)) {
    throw new BenchError(
      `${name}: expected 200 and ${exchange.answer}, got ${known.status} ${text}`,
    );
  }
  if (unknownKey === undefined) return;
  const unknown = await ask(exchange, origin, name, unknownKey);
  await unknown.body?.cancel();
  if (unknown.status !== 401) {
    throw new BenchError(`${name}: expected 401 for an unknown key, got ${unknown.status}`);
  }
}

async function ask(
  { path, keyHeader, body }: Exchange,
  origin: string,
  name: string,
  key: string,
): Promise<Response> {
  try {
    if (body === undefined) return await fetch(origin + path, { headers: keyHeader(key) });
    const headers = { ...keyHeader(key), "content-type": "application/json" };
    return await fetch(origin + path, { method: "POST", headers, body });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new BenchError(`${name}: no answer (${cause})`);
  }
}
