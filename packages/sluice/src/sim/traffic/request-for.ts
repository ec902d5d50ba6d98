// A request for an operation as anybody's client would write it: key, address and body.

import { CALL, callQuery } from "../subject/call-name.ts";
import type { Callee, Subject } from "../subject/subject.ts";
import { ORIGIN, type Sending } from "./sim-transport.ts";

/** What one call has besides. */
interface More {
  readonly key?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
}

export function requestFor(
  { api, callees }: Subject,
  operation: string,
  call: string,
  secret: string,
  { key, query = {} }: More = {},
): Sending {
  const { method, target, body } = callees[operation] as Callee;
  const headers = new Map<string, string>();
  const [place] = api.wire.key.places;
  if (place !== undefined && "header" in place) headers.set(place.header.toLowerCase(), secret);
  else headers.set("authorization", `Bearer ${secret}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  const named = encodeURIComponent(callQuery(operation, call)[CALL] ?? "");
  if (key !== undefined) headers.set("idempotency-key", key);
  const asked = Object.entries(query).map((pair) => `${pair.map(encodeURIComponent).join("=")}&`);
  const split = target.includes("?") ? "&" : "?";
  const url = `${ORIGIN}${target}${split}${asked.join("")}${CALL}=${named}`;
  return { method, url, headers, body };
}
