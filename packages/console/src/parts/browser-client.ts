// Our own client as a page uses it: the cookie of the session says who asks, and the gateway puts its secret in the key's place.

import type { AnyApi, AnyWire } from "sluice";
import { type Client, createClient, fetchTransport } from "sluice/client";
import { path } from "./place.ts";

/** Nobody's: the client wants one, and the gateway does not look at it. */
const STAND_IN = "the-session";

/** @param basePath of the API, behind the page's own path */
export function browserClient<A extends AnyApi>(wire: AnyWire, basePath: string): Client<A> {
  return createClient<A>(wire, {
    apiKey: STAND_IN,
    baseUrl: `${location.origin}${path}/api${basePath}`,
    transport: fetchTransport((url, init) =>
      fetch(url, { ...init, credentials: "same-origin", referrerPolicy: "same-origin" }),
    ),
    // A person waits: what does not come soon is better said than waited for.
    deadline: { totalMs: 15_000, attemptMs: 10_000 },
    waitMaxMs: 5_000,
    onEvent: () => undefined,
  });
}
