/** What must not be seen, taken out of texts and data, and the rest cut to a size that a log can bear. */
import { type KeyFormat, redactKeys } from "../../contract/index.ts";

const HIDDEN = "[redacted]";

/** The most characters of a body or of parameters that anybody keeps. */
export const SHOWN_CHARS_MAX = 4_096;
const TEXT_CHARS_MAX = 1_024;
const DEPTH_MAX = 6;
const MEMBERS_MAX = 32;
const VALUES_MAX = 256;

/** What is known to be secret by the looks of it, whosever it is, and what to put in its place. */
const PATTERNS: readonly (readonly [looks: RegExp, shown: string])[] = [
  // With a digit, padding or a capital within: there are basic plans, and bearer authentication, too.
  [
    /\b([Bb]earer|[Bb]asic|BEARER|BASIC)\s+(?=\S*(?:[\d=]|[a-z][A-Z]))[\w.~+/=:-]{8,}/g,
    `$1 ${HIDDEN}`,
  ],
  [/\b([sprw]k[-_])[\w-]{8,}/gi, "$1..."],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/(:\/\/)[^\s/?#@"]{1,256}@/g, `$1${HIDDEN}@`],
  [/([?&;][\w.-]{0,32}(?:key|token|secret|password|signature)=)[^&\s"'#]*/gi, `$1${HIDDEN}`],
  [
    /("[\w-]{0,32}(?:password|secret|token|api.?key|authorization)"\s{0,8}:\s{0,8}")(?:[^"\\]|\\.)*/gi,
    `$1${HIDDEN}`,
  ],
];

/** Members whose value is nobody's business, whatever it looks like. */
const SECRET_NAME =
  /authorization|pass(word|wd|phrase)|secret|token|(api|access|private).?key|credential|cookie|signature/i;

/** Whether a header or member of this name is shown as a placeholder only. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

export type Redact = (text: string) => string;

/** Text without keys of the contract's format, and without what everybody knows to be a secret. */
export function redactText(text: string, format?: KeyFormat): string {
  const own = format === undefined ? text : redactKeys(format, text);
  return PATTERNS.reduce((safe, [looks, shown]) => safe.replaceAll(looks, shown), own);
}

/** A text with an end. */
export function shorten(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 1)}…`;
}

/**
 * A copy of any value as plain data that holds no secrets and no more than `SHOWN_CHARS_MAX` characters of JSON;
 * what is larger becomes the beginning of its JSON. Calls no code of the value's but getters.
 */
export function shownCopy(value: unknown, redact: Redact): unknown {
  let left = VALUES_MAX;
  const copy = (one: unknown, depth: number): unknown => {
    if (typeof one === "string") return redact(shorten(one, TEXT_CHARS_MAX));
    if (typeof one === "bigint") return String(one);
    if (typeof one === "function" || typeof one === "symbol") return undefined;
    if (typeof one !== "object" || one === null) return one;
    if (--left < 0 || depth > DEPTH_MAX) return "…";
    if (Array.isArray(one)) return one.slice(0, MEMBERS_MAX).map((item) => copy(item, depth + 1));
    const prototype: unknown = Object.getPrototypeOf(one);
    if (prototype !== null && prototype !== Object.prototype) {
      return one instanceof Date ? one.toJSON() : Object.prototype.toString.call(one);
    }
    const members = Object.entries(one).slice(0, MEMBERS_MAX);
    return Object.fromEntries(
      members.map(([name, member]) => {
        // Counts of tokens are no tokens.
        const isHidden = isSecretName(name) && typeof member !== "number";
        return [redact(shorten(name, 128)), isHidden ? HIDDEN : copy(member, depth + 1)];
      }),
    );
  };
  try {
    const safe = copy(value, 0);
    const text = JSON.stringify(safe) ?? "";
    return text.length <= SHOWN_CHARS_MAX ? safe : shorten(text, SHOWN_CHARS_MAX);
  } catch {
    return "[unreadable]";
  }
}

/** The text of a body, as JSON where it is that; undefined for none. */
export function shownBody(body: string, redact: Redact): string | undefined {
  if (body === "") return undefined;
  const json = parseJson(body);
  if (json === undefined) return shorten(redact(body), SHOWN_CHARS_MAX);
  const shown = shownCopy(json, redact);
  return typeof shown === "string" ? shown : JSON.stringify(shown);
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
