/** A refusal in an API's own words: status, headers and body. The one place where a refusal becomes bytes. */
import { assert } from "../base/index.ts";
import { fillTemplate } from "./catalogue.ts";
import { RETRY_AFTER, retryAfterSeconds } from "./headers.ts";
import { sendsBearer } from "./key.ts";
import type { Refusal } from "./refusal.ts";
import { type AnyWire, helpUrl } from "./wire.ts";

/** A flat list: name, value, name, value. */
export type HeaderList = readonly string[];

/** The first of that name, in any case; undefined where there is none. */
export function headerIn(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === wanted) return headers[i + 1];
  }
  return undefined;
}

export interface Rendered {
  readonly code: string;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  /** What `Retry-After` says, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

export interface RenderContext {
  readonly operation?: string | undefined;
}

/** Renders a refusal. Deterministic: the same refusal gives the same bytes. */
export function render(wire: AnyWire, refusal: Refusal, context: RenderContext = {}): Rendered {
  const code =
    refusal.code ?? wire.spellings.codeOf(refusal.condition, context.operation, refusal.param);
  assert(code !== undefined, () => `no code for the condition ${refusal.condition}`);
  const entry = wire.codes[code];
  assert(entry !== undefined, () => `the code ${code} is not in the catalogue`);

  const retryAfter = waitOf(entry.retryAfter, refusal.retryAfterMs);
  assert(
    retryAfter !== undefined || (entry.status !== 429 && entry.status !== 503),
    () => `${code} is a ${entry.status} without Retry-After`,
  );
  const template = wire.spellings.messageOf(refusal.condition, code) ?? entry.message;
  const message = refusal.message ?? fillTemplate(template, refusal, retryAfter);
  const body = wire.envelope.encode({
    code,
    status: entry.status,
    message,
    type: entry.type,
    param: refusal.param,
    helpUrl: helpUrl(wire, code),
  });
  return {
    code,
    status: entry.status,
    headers: headersFor(wire, refusal, code, entry.status, retryAfter),
    body: JSON.stringify(body),
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1_000,
  };
}

/** Seconds for the header: the contract's fixed wait, else the refusal's own, else the contract's default. */
function waitOf(
  policy: { readonly alwaysMs: number } | { readonly otherwiseMs: number } | undefined,
  retryAfterMs: number | undefined,
): number | undefined {
  if (policy !== undefined && "alwaysMs" in policy) return retryAfterSeconds(policy.alwaysMs);
  const ms = retryAfterMs ?? policy?.otherwiseMs;
  return ms === undefined ? undefined : retryAfterSeconds(ms);
}

function headersFor(
  wire: AnyWire,
  refusal: Refusal,
  code: string,
  status: number,
  retryAfter: number | undefined,
): HeaderList {
  // A refusal is about one request of one caller: no cache may answer with it (RFC 9111 §4.2.2 lets them).
  const headers = ["Content-Type", wire.envelope.contentType, "Cache-Control", "no-store"];
  if (retryAfter !== undefined) headers.push(RETRY_AFTER, String(retryAfter));
  if (refusal.allowed !== undefined) headers.push("Allow", refusal.allowed.join(", "));
  if (status === 401) {
    // RFC 9110 §11.6.1: a 401 names a scheme.
    const scheme = sendsBearer(wire.key) ? "Bearer" : "ApiKey";
    headers.push("WWW-Authenticate", `${scheme} realm="${realmOf(wire.about.title)}"`);
  }
  if (wire.headers.help === true) {
    headers.push("Link", `<${helpUrl(wire, code)}>; rel="help"`);
  }
  return headers;
}

function realmOf(title: string): string {
  return title.replace(/[^\x20-\x7e]|["\\]/g, "");
}
