/** What may be shown of requests and answers: no key, and not more than a few lines. */
import { keyHeaders, redactKeys } from "sluice";
import type { Exchange } from "./exchange.ts";
import type { Target } from "./target.ts";

const BODY_SHOWN_MAX = 600;
const HEADER_SHOWN_MAX = 160;

/** Text without any of the keys that were given, nor anything that looks like one. */
export function redacted({ api, keys }: Target, text: string): string {
  let safe = text;
  for (const [role, secret] of Object.entries(keys)) {
    if (!secret) continue;
    safe = safe.replaceAll(secret, `<${role} key>`);
    for (const piece of piecesOf(secret))
      safe = safe.replaceAll(piece, `<part of the ${role} key>`);
  }
  return redactKeys(api.wire.key, safe);
}

const PIECE_LENGTH = 12;

/** Every run of characters of a key that is long enough to be of use to somebody. */
export function piecesOf(secret: string): readonly string[] {
  const count = Math.max(0, secret.length - PIECE_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => secret.slice(start, start + PIECE_LENGTH));
}

export interface Shown {
  readonly request: readonly string[];
  readonly answer: readonly string[];
}

export function shownOf(target: Target, { request, answer, failure }: Exchange): Shown {
  const show = (text: string) => cut(redacted(target, text), HEADER_SHOWN_MAX);
  const secret = new Set(keyHeaders(target.api.wire.key));
  const headers = Object.entries(request.headers).map(([name, value]) =>
    secret.has(name.toLowerCase()) ? `${name}: ${whose(target, value)}` : show(`${name}: ${value}`),
  );
  const { body, raw } = request;
  const sent =
    body === undefined
      ? []
      : [
          body.kind === "text"
            ? cut(redacted(target, body.text), BODY_SHOWN_MAX)
            : `(${body.bytes} bytes, ${body.isDeclared ? "declared" : "in chunks"})`,
        ];
  const first =
    raw === undefined ? `${request.method} ${request.target}` : JSON.stringify(raw(request.target));
  return {
    request: [show(first), ...(raw === undefined ? [...headers, ...sent] : [])],
    answer:
      answer === undefined
        ? [`no answer: ${show(failure ?? "unknown")}`]
        : [
            String(answer.status),
            ...headerLines(answer.headers).map(show),
            ...bodyLines(target, answer.body),
          ],
  };
}

/** Which of the keys it was, or what it looked like. */
function whose(target: Target, value: string): string {
  const role = Object.entries(target.keys).find(([, secret]) => secret && value.includes(secret));
  return role === undefined ? cut(redacted(target, value), 40) : `<${role[0]} key>`;
}

function headerLines(list: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) lines.push(`${list[i]}: ${list[i + 1]}`);
  const dull =
    /^(?:date|connection|keep-alive|transfer-encoding|content-length|etag|x-powered-by):/i;
  return lines.filter((line) => !dull.test(line));
}

function bodyLines(target: Target, body: string): readonly string[] {
  return body === "" ? [] : [cut(redacted(target, body).replaceAll(/\s+/g, " "), BODY_SHOWN_MAX)];
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max)}… (${text.length} characters)`;
}
