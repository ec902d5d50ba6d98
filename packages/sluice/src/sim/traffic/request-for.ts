// A request for an operation as anybody's client would write it: key, address and body.

import { CALL, callQuery } from "../subject/call-name.ts";
import type { Callee, Subject } from "../subject/subject.ts";
import { ORIGIN, type Sending } from "./sim-transport.ts";

export function requestFor(
  { api, callees }: Subject,
  operation: string,
  call: string,
  secret: string,
): Sending {
  const { method, target, body } = callees[operation] as Callee;
  const headers = new Map<string, string>();
  const [place] = api.wire.key.places;
  if (place !== undefined && "header" in place) headers.set(place.header.toLowerCase(), secret);
  else headers.set("authorization", `Bearer ${secret}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  const named = encodeURIComponent(callQuery(operation, call)[CALL] ?? "");
  const url = `${ORIGIN}${target}${target.includes("?") ? "&" : "?"}${CALL}=${named}`;
  return { method, url, headers, body };
}
