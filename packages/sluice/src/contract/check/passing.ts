/** Operations whose bytes go through unread: a body that is passed on, a connection that becomes another protocol's. */
import { type ServerOperation, UPGRADE_PROTOCOLS, type WireOperation } from "../operation.ts";
import type { Complaints } from "./advice.ts";

/** A body that goes through unread can be read by nobody on the way. */
export function checkPassedBody(
  at: string,
  { method, idempotency }: WireOperation,
  { passesBody, body, price, answeredBy }: ServerOperation,
  complaints: Complaints,
): void {
  if (passesBody === undefined) return;
  const place = `${at}.passesBody`;
  if (passesBody !== true)
    complaints.add(place, `${passesBody} says nothing`, "write true, or leave it out");
  if (method === "GET") complaints.add(place, "a GET has no body", "leave it out");
  if (body !== undefined)
    complaints.add(place, "the body is read already", "leave out body, or this");
  if (idempotency === true) {
    complaints.add(
      place,
      "a repeated key could not be told from another call",
      "leave out idempotency",
    );
  }
  if (price?.kind === "quote") {
    complaints.add(place, "the quote would have no body", "give another price");
  }
  if (answeredBy !== undefined) {
    complaints.add(place, "the gate has no use for it", "leave it out, or answeredBy");
  }
}

/** What is said over an upgraded connection is read by nobody on the way, and is no answer that could be kept. */
export function checkUpgrade(
  at: string,
  { method, stream }: WireOperation,
  { upgrades, price, detaches, answeredBy }: ServerOperation,
  complaints: Complaints,
): void {
  if (upgrades === undefined) return;
  complaints.unknownName(at, "protocol", upgrades, UPGRADE_PROTOCOLS);
  if (method !== "GET") {
    complaints.add(at, `a ${method} cannot be upgraded`, "make it a GET, or leave this out");
  }
  if (stream !== undefined) {
    complaints.add(at, "it answers with events already", "leave out stream, or this");
  }
  if (price !== undefined && price.kind !== "fixed") {
    complaints.add(at, "there is no answer to read the cost from", "give a fixed price, or none");
  }
  if (detaches !== undefined) {
    complaints.add(at, "the work ends with its connection", "leave out detaches, or this");
  }
  if (answeredBy !== undefined) {
    complaints.add(at, "the gate speaks HTTP only", "leave it out, or answeredBy");
  }
}
