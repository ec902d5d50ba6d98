// What each proxy is asked before it is measured: the right bytes for the key, and a refusal for another key from
// those that are guarded.

import { createHash } from "node:crypto";
import { checkExchange, type Exchange, itemsExchange } from "../exchange.ts";
import { nobodysKey } from "../http-rows.ts";
import { BenchError } from "../machine.ts";
import { BODY_BYTES, ITEMS, PATHS } from "./answers.ts";
import type { ReverseProxy } from "./proxies.ts";

export const jsonExchange: Exchange = { ...itemsExchange, path: PATHS.items, answer: ITEMS };

export async function checkJson(proxy: ReverseProxy, origin: string, key: string): Promise<void> {
  const unknownKey = nobodysKey(jsonExchange);
  const guard = { name: proxy.name, key, ...(proxy.isGuarded && { unknownKey }) };
  await checkExchange(jsonExchange, origin, guard);
}

/** Ten million bytes each way, and none of them another. */
export async function checkBodies(
  { name }: ReverseProxy,
  origin: string,
  key: string,
): Promise<void> {
  const headers = itemsExchange.keyHeader(key);
  const body = Buffer.alloc(BODY_BYTES, "x");
  const down = await fetch(origin + PATHS.download, { headers });
  const bytes = Buffer.from(await down.arrayBuffer());
  if (digest(bytes) !== digest(body)) {
    throw new BenchError(`${name}: ${down.status}, ${bytes.length} bytes that were not sent`);
  }
  const type = { "content-type": "application/octet-stream" };
  const posted = { method: "POST", headers: { ...headers, ...type }, body };
  const up = await fetch(origin + PATHS.upload, posted);
  const text = await up.text();
  if (text !== JSON.stringify({ received: BODY_BYTES })) {
    throw new BenchError(`${name}: ${BODY_BYTES} bytes up were answered ${up.status} ${text}`);
  }
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
