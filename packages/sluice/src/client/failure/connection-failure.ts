/** What `fetch` throws, whichever one it is: read for whether the server can have seen anything of the request. */
import type { Failure } from "./failure.ts";
import { NO_HINTS } from "./hints.ts";
import { type Redact, redactText, shorten } from "./redaction.ts";

const MESSAGE_CHARS_MAX = 500;
const TEXT_CHARS_MAX = 2_048;
const CHAIN_MAX = 8;

/** Before the first byte of a request could leave: no name, no connection (by Node, undici, Bun and Deno), no trust. */
const UNSENT =
  /^(connect|ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$|client error \(Connect\)/m;
const NO_TRUST = /^\w*CERT|^UNABLE_TO_\w+$/m;
/** Our own deadlines: a caller who gives up is handed back the reason of his own, and never comes here. */
const TIMEOUT = /^(UND_ERR_(HEADERS_TIMEOUT|BODY_TIMEOUT|ABORTED)|TimeoutError|AbortError)$/m;
/** By code: in capitals, or any error named "Error" would be one. */
const NETWORK_CODE = /^(E[A-Z]{3,}|(UND_)?ERR_(?!INVALID|NOT_S)\w+)$/m;
/** By words in browsers, Workers, and Node when a body breaks off. */
const NETWORK_WORDS =
  /^(fetch failed$|terminated|failed to fetch|load failed|network|socket|other side|error sending|unable to connect|the internet)/im;
/** Requests that no server gets to see, however often they are tried. */
const NO_REQUEST = /^(UND_)?ERR_(INVALID|NOT_S)/m;

/**
 * A failure before or without an answer. Never throws, whatever was thrown.
 * @param secret hides the key, which an address in the message may hold.
 */
export function failureOfThrown(
  error: unknown,
  secret: { readonly redact: Redact } = { redact: redactText },
): Failure {
  const { words, texts } = linksOf(error);
  const isUntrusted = NO_TRUST.test(words);
  const isUnsent = isUntrusted || UNSENT.test(words);
  const isTimeout = TIMEOUT.test(words);
  const isNetwork =
    isUnsent ||
    ((NETWORK_CODE.test(words) || NETWORK_WORDS.test(words)) && !NO_REQUEST.test(words));
  const isHopeless = isUntrusted || !(isTimeout || isNetwork);
  const [code, what] = isTimeout
    ? ["timeout", "No answer came in time"]
    : isNetwork
      ? ["connection_failed", "The connection failed"]
      : ["unknown_error", "The request could not be sent"];
  const details = shorten(secret.redact([...new Set(texts)].join(": ")), MESSAGE_CHARS_MAX);
  return {
    source: isTimeout ? "timeout" : "connection",
    status: undefined,
    code,
    type: undefined,
    message: details === "" ? `${what}.` : `${what}: ${details}`,
    param: undefined,
    conditions: [],
    requestId: undefined,
    advice: isHopeless ? "never" : "backoff",
    action: isHopeless ? "contact" : "wait",
    charged: isUnsent ? "no" : "unknown",
    processed: isUnsent ? "no" : "unknown",
    hints: NO_HINTS,
    body: undefined,
    cause: error,
  };
}

/** Along the chain of causes, and the first of several where addresses were tried in turn: what was said, line by line. */
function linksOf(error: unknown): { readonly words: string; readonly texts: readonly string[] } {
  const words: string[] = [];
  const texts: string[] = [];
  let link = error;
  for (let i = 0; i < CHAIN_MAX && link; i++) {
    const text = typeof link === "string" ? link : memberOf(link, "message");
    if (typeof text === "string" && text !== "") texts.push(text.slice(0, TEXT_CHARS_MAX));
    words.push(...["code", "name", "syscall"].map((name) => memberOf(link, name)).filter(isText));
    link = memberOf(link, "cause") ?? memberOf(memberOf(link, "errors"), "0");
  }
  return { words: [...words, ...texts].join("\n"), texts };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A member of what may be anything, a trap included. */
function memberOf(value: unknown, name: string): unknown {
  try {
    return Object(value)[name];
  } catch {
    return undefined;
  }
}
