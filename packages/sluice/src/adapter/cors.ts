/**
 * Pages in browsers may call the API: from which origins, and what they may read of an answer, in the headers of the Fetch
 * standard (§3.3, the CORS protocol). Stands around a gate, so that every answer has them, refusals and streams included.
 */
import { assert } from "../base/index.ts";
import {
  type AnyApi,
  CLIENT_REQUEST_ID,
  DEGRADED,
  METHODS,
  RATE_LIMIT_NAMES,
  REPLAYED,
  REQUEST_ID,
  RETRY_AFTER,
} from "../contract/index.ts";
import type { Answer, Call, Gate } from "../gate/index.ts";

export interface CorsOptions {
  /** Where pages may come from, as browsers write it: `https://app.example`; or `*`, from anywhere. */
  readonly origins: readonly string[] | "*";
  /**
   * Whether requests may bring cookies. A key in a header needs no such thing. Not together with `*`.
   * @default false
   */
  readonly credentials?: boolean;
  /** What pages may read of the upstream's own headers, beside those that the gate writes. @default none */
  readonly exposedHeaders?: readonly string[];
  /** How long browsers may remember the answer to their question; Chromium does so for two hours at most. @default 7,200,000 */
  readonly maxAgeMs?: number;
}

type Around = Pick<Gate, "api" | "handle" | "unreadable">;

/** Every method that a contract can have: which of them an operation has, its own answer says, in the API's words. */
const ALLOWED_METHODS = ["HEAD", ...METHODS].join(", ");
const MAX_AGE_MS_DEFAULT = 7_200_000;
const MAX_AGE_MS_MAX = 86_400_000;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const TOKENS = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/;

/**
 * The same gate for pages of other origins. What a browser asks before a request is answered here: it needs no key, and is
 * neither counted, charged nor logged. What an upstream says by itself in such headers stays behind. Bytes that are no request
 * have no origin, so what is said to them cannot be read by a page.
 *
 * @throws Error that says what to write instead
 * @example
 * createServer(createNodeListener(withCors(gate, { origins: ["https://app.example"] })));
 */
export function withCors(gate: Around, options: CorsOptions): Around {
  checkCors(options);
  const headersFor = headersOf(gate.api, options);
  const maxAge = String(Math.floor((options.maxAgeMs ?? MAX_AGE_MS_DEFAULT) / 1_000));
  return {
    api: gate.api,
    unreadable: gate.unreadable,
    async handle(call) {
      const { always, allowed, exposed } = headersFor(call.header("origin"));
      if (isPreflight(call)) {
        const more =
          allowed.length === 0 ? [] : [...permissions(call), "Access-Control-Max-Age", maxAge];
        return { status: 204, headers: [...always, ...allowed, ...more], body: "" };
      }
      const answer = await gate.handle(call);
      const headers = withoutCors(answer.headers);
      headers.push(...always, ...allowed, ...exposed);
      return { ...answer, headers };
    },
  };
}

/** What is wrong with an origin, and what to write instead; undefined where it is right. */
export function originProblem(origin: string): string | undefined {
  const isOrigin = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@]+$/.test(origin);
  if (!/^https?:/i.test(origin)) {
    return isOrigin ? undefined : 'an origin is written like "https://app.example"';
  }
  const written = URL.canParse(origin) ? new URL(origin).origin : undefined;
  if (isOrigin && written === origin) return undefined;
  return `browsers write an origin like ${JSON.stringify(written ?? "https://app.example")}`;
}

function checkCors({ origins, credentials, exposedHeaders = [], maxAgeMs = 0 }: CorsOptions): void {
  if (origins === "*") {
    // Fetch §4.9 "CORS check": a browser takes no `*` for a request with cookies.
    assert(credentials !== true, "withCors: credentials need origins by name, not *");
  } else {
    assert(origins.length > 0, 'withCors: name origins, or write origins: "*"');
    for (const origin of origins) {
      const problem = originProblem(origin);
      assert(problem === undefined, () => `withCors: ${JSON.stringify(origin)}: ${problem}`);
    }
  }
  for (const name of exposedHeaders) {
    assert(TOKEN.test(name), () => `withCors: ${JSON.stringify(name)} is no name of a header`);
  }
  assert(
    Number.isSafeInteger(maxAgeMs) && maxAgeMs >= 0 && maxAgeMs <= MAX_AGE_MS_MAX,
    () => `withCors: maxAgeMs is ${maxAgeMs}; give a whole number from 0 to ${MAX_AGE_MS_MAX}`,
  );
}

/** Fetch §4.8: what a browser asks before a request that no form could send. */
function isPreflight(call: Call): boolean {
  return (
    call.method === "OPTIONS" &&
    call.header("origin") !== undefined &&
    call.header("access-control-request-method") !== undefined
  );
}

interface CorsHeaders {
  /** Whoever asks: caches must tell answers apart that differ. */
  readonly always: readonly string[];
  /** Where the origin may ask. */
  readonly allowed: readonly string[];
  readonly exposed: readonly string[];
}

const NOTHING: readonly string[] = [];

function headersOf(
  api: AnyApi,
  { origins, credentials = false, exposedHeaders = [] }: CorsOptions,
): (origin: string | undefined) => CorsHeaders {
  const names = [...readableHeaders(api), ...exposedHeaders];
  const exposed = ["Access-Control-Expose-Headers", names.join(", ")];
  if (origins === "*") {
    const allowed = ["Access-Control-Allow-Origin", "*"];
    return () => ({ always: NOTHING, allowed, exposed });
  }
  const always = ["Vary", "Origin"];
  const known = new Set(origins);
  const cookies = credentials ? ["Access-Control-Allow-Credentials", "true"] : NOTHING;
  return (origin) => {
    if (origin === undefined || !known.has(origin)) {
      return { always, allowed: NOTHING, exposed: NOTHING };
    }
    return { always, allowed: ["Access-Control-Allow-Origin", origin, ...cookies], exposed };
  };
}

/** What a gate writes and clients read, less what pages may read anyway (Fetch §2.2.6). */
function readableHeaders({ wire }: AnyApi): string[] {
  const { rateLimit, creditsRemaining } = wire.headers;
  const names = [REQUEST_ID, CLIENT_REQUEST_ID, RETRY_AFTER, "Date", "Allow", "Link"];
  names.push("WWW-Authenticate", ...RATE_LIMIT_NAMES[rateLimit], DEGRADED, REPLAYED);
  if (creditsRemaining !== undefined) names.push(creditsRemaining);
  return names;
}

/**
 * Headers are named one by one, as the page asked: `*` would leave `Authorization` out, where the key may be (Fetch §4.8), and
 * SDKs send many of their own.
 */
function permissions(call: Call): string[] {
  const methods = ["Access-Control-Allow-Methods", ALLOWED_METHODS];
  const asked = call.header("access-control-request-headers");
  if (asked === undefined || !TOKENS.test(asked)) return methods;
  return [...methods, "Access-Control-Allow-Headers", asked];
}

/** An upstream's own word beside ours would make two, which browsers take for none. */
function withoutCors(headers: Answer["headers"]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (!/^access-control-/i.test(name)) kept.push(name, headers[i + 1] ?? "");
  }
  return kept;
}
