// The headers of a request to an upstream: what the caller sent, less what belongs to the hop before or only we may say;
// then where it came from, and that it came through us.

import { HOP_BY_HOP, namedByConnection } from "sluice";
import type { Call, Work } from "sluice/gate";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** Believed by upstreams without a check, so nobody's but ours, or that of proxies that we trust. */
const FORWARDED: ReadonlySet<string> = new Set(["forwarded", "x-real-ip"]);

/** RFC 9110 §7.6.3: a gateway must say that it was on the way. */
const VIA = "1.1 sluice";

const CLIENT_REQUEST_ID = /^[\x21-\x7e]{1,200}$/;

type Routing = Pick<UpstreamSettings, "publicScheme" | "trustedHops">;

/** Of a request that the gate let through. Its caller is still to be signed. */
export function headersOfWork(work: Work, routing: Routing): string[] {
  const headers = ["x-request-id", work.requestId, "accept-encoding", "identity"];
  const trail = new Trail(routing);
  let theirId: string | undefined;
  for (const [name, value] of work.headers()) {
    // What the gate must be able to read comes in plain.
    if (name === "accept-encoding") continue;
    if (name === "x-request-id") theirId = value;
    else if (name === "x-client-request-id") theirId ??= value;
    else if (isOurs(name) || trail.takes(name, value)) continue;
    else headers.push(name, value);
  }
  if (theirId !== undefined && CLIENT_REQUEST_ID.test(theirId)) {
    headers.push("x-client-request-id", theirId);
  }
  trail.push(headers, { address: work.address, peer: work.peer, host: work.host });
  if (work.passedBody?.length !== undefined) {
    headers.push("content-length", String(work.passedBody.length));
  }
  return headers;
}

/** Of a request that goes past the gate. `dropped`: further headers that stay here, in lower case, such as the keys'. */
export function headersOfCall(
  call: Call,
  length: number | undefined,
  routing: Routing,
  dropped: ReadonlySet<string>,
): string[] {
  const headers: string[] = [];
  const trail = new Trail(routing);
  const named = namedByConnection(call.header("connection"));
  for (const [name, value] of call.headers()) {
    if (HOP_BY_HOP.has(name) || dropped.has(name) || named?.has(name)) continue;
    if (isOurs(name) || trail.takes(name, value)) continue;
    headers.push(name, value);
  }
  trail.push(headers, { peer: call.address, host: call.header("host") });
  if (length !== undefined) headers.push("content-length", String(length));
  return headers;
}

/** What an upstream believes because we say it. */
function isOurs(name: string): boolean {
  return name.startsWith("sluice-") || name === "signature" || name === "signature-input";
}

/** The end of the way to us. */
interface LastHop {
  /** The caller's, where nobody wrote it down. */
  readonly address?: string;
  /** The other end of the socket. */
  readonly peer?: string;
  /** What the caller called us. */
  readonly host?: string | undefined;
}

/** Where a request has come from and through whom, as the hops before us wrote it. */
class Trail {
  readonly #routing: Routing;
  #via: string | undefined;
  #addresses: string | undefined;
  #scheme: string | undefined;
  #host: string | undefined;

  constructor(routing: Routing) {
    this.#routing = routing;
  }

  /** Whether the header speaks of the way; what strangers wrote is forgotten. */
  takes(name: string, value: string): boolean {
    if (name === "via") {
      this.#via = this.#via === undefined ? value : `${this.#via}, ${value}`;
      return true;
    }
    if (!name.startsWith("x-forwarded-") && !FORWARDED.has(name)) return false;
    if (this.#routing.trustedHops === 0) return true;
    if (name === "x-forwarded-for") {
      this.#addresses = this.#addresses === undefined ? value : `${this.#addresses}, ${value}`;
    } else if (name === "x-forwarded-proto") this.#scheme = value;
    else if (name === "x-forwarded-host") this.#host = value;
    else return false;
    return true;
  }

  push(headers: string[], last: LastHop): void {
    headers.push("via", this.#via === undefined ? VIA : `${this.#via}, ${VIA}`);
    headers.push("x-forwarded-for", this.#addressesUntil(last));
    headers.push("x-forwarded-proto", this.#scheme ?? this.#routing.publicScheme);
    const host = this.#host ?? last.host;
    if (host !== undefined) headers.push("x-forwarded-host", host);
  }

  /** What trusted proxies wrote, and who the last of them was; what lies further left was written by strangers. */
  #addressesUntil({ address, peer }: LastHop): string {
    const { trustedHops } = this.#routing;
    if (trustedHops === 0) return address ?? peer ?? "";
    const written = this.#addresses?.split(",").map((one) => one.trim()) ?? [];
    const chain = written.slice(-trustedHops).filter((one) => one !== "");
    if (chain.length === 0 && address !== undefined) return address;
    if (peer !== undefined) chain.push(peer);
    return chain.join(", ");
  }
}
