// The contracts name the documents of the real companies; here refusals lead to the pages that the demo itself serves.

import type { AnyApi } from "sluice";

/** @param path from the root of the demo, so that it holds at whatever address the demo is reached (RFC 8288 §3.1). */
export function withDocsAt<Api extends AnyApi>(api: Api, path: string): Api {
  const { wire } = api;
  const about = { ...wire.about, docs: path };
  return { ...api, wire: { ...wire, about, headers: { ...wire.headers, help: true } } };
}
