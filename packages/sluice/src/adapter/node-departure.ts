/**
 * When the caller of an answer goes: its connection closes. Not every Node says so of a response that stands behind another
 * one on the same connection, and a listener on each response would cost every call more than a place in a set.
 */
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

const LISTENERS = Symbol("who hears when the connection closes");

interface Connection extends Duplex {
  [LISTENERS]?: Set<() => void>;
}

/** Calls back once, unless the answer was finished first; returns the way to stop listening. */
export function onDeparture(response: ServerResponse, listener: () => void): () => void {
  const listeners = listenersOf(response.req.socket);
  const leave = () => {
    listeners.delete(leave);
    if (!response.writableFinished) listener();
  };
  listeners.add(leave);
  return () => listeners.delete(leave);
}

/** One listener on the connection, however many answers are owed on it. */
function listenersOf(connection: Connection): Set<() => void> {
  const known = connection[LISTENERS];
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  connection[LISTENERS] = listeners;
  connection.once("close", () => {
    for (const leave of [...listeners]) leave();
  });
  return listeners;
}
