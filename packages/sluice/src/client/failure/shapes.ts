/** Error bodies of any API, read without a contract: many shapes, and yet always the same few facts under few names. */
import { parseJson } from "./redaction.ts";

/** What was found in a body; what it does not say is undefined. */
export interface Shape {
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
}

const CODE_NAMES = ["code", "error_code", "__type"];
const MESSAGE_NAMES = ["message", "detail", "error_description", "msg", "title"];
const PARAM_NAMES = ["param", "field", "pointer"];
const REQUEST_ID_NAMES = ["request_id", "requestId"];
const DEPTH_MAX = 5;
/** A page's title stands at its beginning. */
const PAGE_CHARS_MAX = 2_048;
const TEXT_CHARS_MAX = 1_000;

type Members = Readonly<Record<string, unknown>>;

/** Nested, flat, problem+json (RFC 9457), lists of errors, pages of proxies, plain text: never throws. */
export function readShape(body: string): Shape {
  const json = parseJson(body);
  if (isStructured(json)) return read(json, 0);
  return { message: readText(typeof json === "string" ? json : body) };
}

function read(value: unknown, depth: number): Shape {
  if (typeof value === "string") return { message: textOf(value) };
  if (!isStructured(value) || depth > DEPTH_MAX) return {};
  if (Array.isArray(value)) return read(value[0], depth + 1);
  const members = value as Members;
  const { error, errors, detail, source, extensions, status, type } = members;
  // What is deeper says more: outside there is often nothing but `type: "error"`.
  const inner = read([error, errors, detail, source, extensions].find(isStructured), depth + 1);
  return {
    code:
      inner.code ??
      first(members, CODE_NAMES, (code) => (code === status ? undefined : codeOf(code))) ??
      problemCode(type) ??
      wordyCode(error) ??
      wordyCode(status),
    type: inner.type ?? textOf(type),
    message: inner.message ?? first(members, MESSAGE_NAMES, textOf) ?? textOf(error),
    param: inner.param ?? first(members, PARAM_NAMES, textOf) ?? placeOf(members) ?? nameIn(errors),
    requestId: first(members, REQUEST_ID_NAMES, textOf) ?? inner.requestId,
  };
}

function isStructured(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function first(
  members: Members,
  names: readonly string[],
  read: (value: unknown) => string | undefined,
): string | undefined {
  for (const name of names) {
    const found = Object.hasOwn(members, name) ? read(members[name]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" ? one.trim().slice(0, TEXT_CHARS_MAX) || undefined : undefined;
}

/** A code is one word, or a number of the API's own; AWS puts a name space and a `#` in front. */
function codeOf(value: unknown): string | undefined {
  if (typeof value === "number") return value >= 1_000 ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  return /^(?:[\w.]+#)?([A-Za-z][\w.:-]{0,99})$/.exec(value)?.[1] ?? /^\d{4,}$/.exec(value)?.[0];
}

/**
 * What may be a code or a sentence is a code only where it cannot be a sentence: `rate_limited` and Google's
 * `RESOURCE_EXHAUSTED` are, `Unauthorized` and "INSUFFICIENT QUOTA" are words.
 */
function wordyCode(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Za-z]\w*_\w+$/.test(value) ? codeOf(value) : undefined;
}

/** RFC 9457: problems are told apart by an address, whose last part names them. */
function problemCode(type: unknown): string | undefined {
  const name = typeof type === "string" ? /[/#]([\w.-]{1,100})\/?$/.exec(type)?.[1] : undefined;
  return codeOf(name);
}

/** Where FastAPI and its relatives found something: `{ loc: ["body", "messages", 0] }`. */
function placeOf({ loc }: Members): string | undefined {
  return Array.isArray(loc) ? textOf(loc.slice(1, 10).map(String).join(".")) : undefined;
}

/** The field that complaints are filed under: `{ errors: { email: ["is taken"] } }`. */
function nameIn(errors: unknown): string | undefined {
  return isStructured(errors) && !Array.isArray(errors) ? textOf(Object.keys(errors)) : undefined;
}

/** The title of a proxy's page, or plain text on one line; undefined for what nobody wants to read. */
function readText(body: string): string | undefined {
  const start = body.slice(0, PAGE_CHARS_MAX).trim();
  const plain = start.startsWith("<")
    ? (/<(title|h1|message)[^<>]{0,99}>([^<]+)/i.exec(start)?.[2] ?? "")
    : start;
  const line = plain.replaceAll(/\s+/g, " ").trim();
  return /[^\t\x20-\x7e\xa0-\uffff]/.test(line) ? undefined : textOf(line.slice(0, 300));
}
