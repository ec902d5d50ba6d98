// The part of verifying that both directions share: one signature of ours, by a secret that is known, of this moment.

import { timingSafeEqual } from "node:crypto";
import { HmacSha256 } from "./hmac.ts";
import { CREATED_WINDOW_SECONDS, checkSecretId, SIGNATURE, SIGNATURE_INPUT } from "./signature.ts";

/** Node's `request.headers`, a web `Headers`, or anything alike. */
export type PlainHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Why a signature is not believed. */
export type SignatureFault =
  /** There is none: the request did not come through the gateway. */
  | "missing"
  /** A header stands there twice, or in another form than the gateway writes. */
  | "malformed"
  /** It names a secret that is not among ours. */
  | "unknown_secret"
  /** It was made more than 300 s ago, or more than 300 s ahead: a repeated request, or clocks that differ. */
  | "not_now"
  /** What was signed is not what has come. */
  | "mismatch";

/** Each secret by its id. While one is being replaced both are here. */
export type Secrets = Readonly<Record<string, string>>;

export class SignatureChecker {
  readonly #hmacs = new Map<string, HmacSha256>();
  readonly #form: RegExp;
  readonly #nowMs: () => number;

  constructor(components: string, secrets: Secrets, nowMs: () => number) {
    for (const [id, secret] of Object.entries(secrets)) {
      checkSecretId(id);
      this.#hmacs.set(id, new HmacSha256(secret));
    }
    if (this.#hmacs.size === 0) throw new Error("no secrets: give the gateway's secret by its id");
    const literal = components.replaceAll(/[()]/g, String.raw`\$&`);
    this.#form = new RegExp(
      String.raw`^sluice=(${literal};created=(\d{1,12});keyid="([\w.:-]{1,64})";alg="hmac-sha256")$`,
    );
    this.#nowMs = nowMs;
  }

  /** @param baseFor what must have been signed, given the parameters; undefined where a part of it is missing */
  faultIn(
    headers: PlainHeaders,
    baseFor: (parameters: string) => string | undefined,
  ): SignatureFault | undefined {
    const input = headerOf(headers, SIGNATURE_INPUT);
    const given = headerOf(headers, SIGNATURE);
    if (input === undefined || given === undefined) return "missing";
    const [, parameters = "", created = "", secretId = ""] = this.#form.exec(input) ?? [];
    const [, signature] = /^sluice=:([A-Za-z0-9+/]{43}=):$/.exec(given) ?? [];
    if (parameters === "" || signature === undefined) return "malformed";
    const hmac = this.#hmacs.get(secretId);
    if (hmac === undefined) return "unknown_secret";
    const apartSeconds = Math.abs(this.#nowMs() / 1_000 - Number(created));
    if (apartSeconds > CREATED_WINDOW_SECONDS) return "not_now";
    const base = baseFor(parameters);
    // A base is ASCII (RFC 9421 §2.5); what is wider than a byte would be cut short by hashing.
    if (base === undefined || /[^\0-\xff]/.test(base)) return "malformed";
    return isSame(hmac.base64(base), signature) ? undefined : "mismatch";
  }
}

/** The one value of a header, by its lower-case name. A header that stands there twice has none that could be believed. */
export function headerOf(headers: PlainHeaders, name: string): string | undefined {
  if (typeof headers["get"] === "function") return headers.get(name) ?? undefined;
  let found: string | undefined;
  for (const [key, value] of Object.entries(headers)) {
    if (key.length !== name.length || key.toLowerCase() !== name || value === undefined) continue;
    const text = typeof value === "string" ? value : value.join(", ");
    found = found === undefined ? text : `${found}, ${text}`;
  }
  return found;
}

/** In a time that says nothing of where they differ. */
function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected, "latin1");
  const b = Buffer.from(given, "latin1");
  return a.length === b.length && timingSafeEqual(a, b);
}
