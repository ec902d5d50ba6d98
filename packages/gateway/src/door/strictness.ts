// What Node's parser lets through and no proxy may: requests that another server could read otherwise than we do, and headers
// that would take others out on the way. What the parser refuses by itself is not looked at again; the corpus of the tests says
// for every Node what that is.

import { type IncomingMessage, METHODS } from "node:http";
import type { Unreadable } from "sluice/gate";

export interface Strictness {
  readonly headersMax: number;
  /** Lower case; see `DoorOptions`. */
  readonly keyHeaders: readonly string[];
}

const methods: ReadonlySet<string> = new Set(METHODS);

/** Up to fifteen digits: a safe integer, in the one spelling that every server reads alike (RFC 9110 §8.6). */
const lengthPattern = /^\d{1,15}$/;
/** The characters of RFC 3986 §3.2 without user information, which has no place in a Host (RFC 9110 §7.2). */
const hostPattern = /^[\w.~!$&'()*+,;=:%[\]-]*$/;
const absolutePattern = /^https?:\/\/([^/?#]*)/i;

/** Headers that say who calls, from where and for what: taking one out changes what the request means. */
const meaningful: readonly string[] = [
  ...["host", "authorization", "content-length", "content-type", "content-encoding", "cookie"],
  ...["idempotency-key", "forwarded", "via", "x-request-id", "x-client-request-id", "expect"],
  ...["signature", "signature-input", "content-digest", "traceparent", "tracestate", "range"],
  ...["x-real-ip", "x-http-method-override"],
];
const meaningfulFamilies = ["sluice-", "x-forwarded-", "sec-websocket-"] as const;

/** Returns the reason to refuse a request, or nothing. */
export function createStrictness({
  headersMax,
  keyHeaders,
}: Strictness): (request: IncomingMessage) => Unreadable | undefined {
  const guarded = new Set([...meaningful, ...keyHeaders]);
  const isGuarded = (name: string) =>
    guarded.has(name) || meaningfulFamilies.some((family) => name.startsWith(family));
  return (request) => {
    const raw = request.rawHeaders;
    if (raw.length > 2 * headersMax) return "headers_too_large";
    if (!methods.has(request.method ?? "")) return "malformed_request";
    const heads = new HeadersSeen();
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const name = raw[i] ?? "";
      if (!heads.take(name, raw[i + 1] ?? "", isGuarded)) return "malformed_request";
    }
    return heads.fit(request) ? undefined : "malformed_request";
  };
}

/** The headers that frame a request or lead it somewhere, as they go by. */
class HeadersSeen {
  #host: string | undefined;
  #lengths = 0;
  #encodings = 0;
  /** Whether what is offered is one of `offers`: then the request may pass without it. */
  #isPassedOver = true;

  /** Whether the header may stand in a request. Told apart by length first: most are none of these. */
  take(name: string, value: string, isGuarded: (name: string) => boolean): boolean {
    // Gateways of many languages read a header with `_` as the one with `-` (RFC 3875 §4.1.18).
    if (name.includes("_") && !this.#mayHaveUnderscore(name, isGuarded)) return false;
    switch (name.length) {
      case 4:
        return name.toLowerCase() !== "host" || this.#takeHost(value);
      case 7:
        if (name.toLowerCase() === "upgrade") this.#isPassedOver &&= isPassedOver(value);
        return true;
      case 10:
        return name.toLowerCase() !== "connection" || namesNone(value, isGuarded);
      case 14:
        return name.toLowerCase() !== "content-length" || this.#takeLength(value);
      case 17:
        return name.toLowerCase() !== "transfer-encoding" || this.#takeEncoding(value);
      default:
        return true;
    }
  }

  /** Whether what was seen goes together, and with the line above it. */
  fit(request: IncomingMessage): boolean {
    const { httpVersionMajor, httpVersionMinor, method, url = "" } = request;
    if (httpVersionMajor !== 1) return false;
    if (!this.#isPassedOver && !isTakenUp(request)) return false;
    // RFC 9112 §6.1: HTTP/1.0 knows no chunks, and a length beside them is an attempt at smuggling.
    if (this.#encodings > 0 && (httpVersionMinor === 0 || this.#lengths > 0)) return false;
    if (url.includes("#")) return false;
    if (url.startsWith("/")) return true;
    if (url === "*") return method === "OPTIONS";
    const authority = absolutePattern.exec(url)?.[1];
    // RFC 9112 §3.2.2: they must be the same, and who is behind us may look at the other one.
    return authority !== undefined && authority.toLowerCase() === this.#host?.toLowerCase();
  }

  #mayHaveUnderscore(name: string, isGuarded: (name: string) => boolean): boolean {
    const read = name.toLowerCase().replaceAll("_", "-");
    return !isGuarded(read) && read !== "transfer-encoding" && read !== "connection";
  }

  #takeHost(value: string): boolean {
    if (this.#host !== undefined) return false;
    this.#host = value;
    return hostPattern.test(value);
  }

  #takeLength(value: string): boolean {
    return ++this.#lengths === 1 && lengthPattern.test(value);
  }

  /** Names of codings are case-insensitive (RFC 9112 §7); any but this one would have to be undone here. */
  #takeEncoding(value: string): boolean {
    return ++this.#encodings === 1 && value.toLowerCase() === "chunked";
  }
}

/** Whether `Connection` leaves the headers alone that say something to us or to the upstream. */
function namesNone(value: string, isGuarded: (name: string) => boolean): boolean {
  if (value === "keep-alive" || value === "close") return true;
  return value
    .toLowerCase()
    .split(",")
    .every((option) => {
      const name = option.trim();
      return !isGuarded(name) && name !== "transfer-encoding";
    });
}

/** What callers offer to every server and do well without: HTTP/2, by Java's own client among others. */
const offers: ReadonlySet<string> = new Set(["h2c"]);

function isPassedOver(value: string): boolean {
  return value.split(",").every((protocol) => offers.has(protocol.trim().toLowerCase()));
}

/** What the door said when Node asked whether the connection may be upgraded: see `offersWebSocket`. */
function isTakenUp(request: IncomingMessage): boolean {
  return "upgrade" in request && request.upgrade === true;
}

/** Node drops what was sent behind an offer that it does not take up: such a connection must not be used again. */
export function offersUpgrade({ rawHeaders }: IncomingMessage): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length === 7 && name.toLowerCase() === "upgrade") return true;
  }
  return false;
}
