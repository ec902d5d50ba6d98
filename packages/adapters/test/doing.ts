// What the operations of Press do, in no framework's words; each framework's routes call it and send what it gives.

import { randomBytes } from "node:crypto";
import type { EmbeddedCaller } from "sluice/gate";

/** What a route has found out about its call. */
export interface Told {
  readonly operation: Operation;
  readonly caller: EmbeddedCaller;
  readonly signal: AbortSignal;
  readonly input: { readonly params: unknown; readonly query: unknown; readonly body: unknown };
  /** The body as the framework gives it: what the schema made of it, text, or a stream. */
  readonly body: unknown;
  /** The headers as the framework gives them. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly method: string;
}

export interface Done {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array<ArrayBuffer> | AsyncIterable<string>;
}

export const operations = [
  ["hello", "GET", "/hello"],
  ["count", "GET", "/count"],
  ["readNote", "GET", "/notes/:noteId"],
  ["deleteNote", "DELETE", "/notes/:noteId"],
  ["print", "POST", "/prints"],
  ["ask", "GET", "/answers"],
  ["launch", "POST", "/launches"],
  ["wait", "POST", "/waits"],
  ["upload", "PUT", "/uploads"],
  ["tell", "POST", "/stories"],
] as const;
export type Operation = (typeof operations)[number][0];

/** What a test does in place of the plain work. */
export type Doing = (told: Told) => Done | undefined | Promise<Done | undefined>;

export const MEBIBYTE = new Uint8Array(randomBytes(1_048_576));

export function json(
  value: unknown,
  status = 200,
  ...headers: (readonly [string, string])[]
): Done {
  const type = ["Content-Type", "application/json; charset=utf-8"] as const;
  return { status, headers: [type, ...headers], body: JSON.stringify(value) };
}

export async function doPlainly(told: Told): Promise<Done> {
  const { operation, caller, input, headers, method } = told;
  const { lines, noteId, text } = {
    ...asRecord(input.query),
    ...asRecord(input.params),
    ...asRecord(input.body),
  };
  switch (operation) {
    case "hello": {
      const names = Object.keys(headers).map((name) => name.toLowerCase());
      const isKeyShown = names.some((name) => name === "x-api-key" || name === "authorization");
      return json({ hello: caller.accountId, id: caller.requestId, isKeyShown, method });
    }
    case "readNote":
      return note(String(noteId), Number(lines));
    case "deleteNote":
      return { status: 204, headers: [["ETag", '"1"']], body: "" };
    case "print":
      return json({ printed: input.body }, 201, ["Location", "/v1/prints/1"]);
    case "ask":
      return json({ answer: 42, credits: 4 });
    case "launch":
      return json({ launched: input.body }, 201);
    case "tell":
      return {
        status: 200,
        headers: [["Content-Type", "text/event-stream"]],
        body: story(String(text)),
      };
    default:
      return json({ operation, params: input.params });
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Each note is another way to answer. */
function note(id: string, lines: number): Done {
  switch (id) {
    case "note_gone":
      return json({ gone: true }, 404, ["X-Inner", "1"]);
    case "note_dup":
      return json({ field: "title", secret: "inner" }, 409);
    case "note_odd":
      return json({ inner: "secret" }, 418);
    case "note_bad":
      return json({ stack: "at /srv/app.js:1" }, 500);
    case "note_told":
      return { ...json({}), headers: [["Sluice-Refuse", 'conflict; param="id"']] };
    case "note_err":
      throw new Error("inner: the password is swordfish");
    case "note_two":
      return json(
        { lines },
        200,
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2; Path=/"],
        ["X-Two", "1"],
      );
    case "note_not":
      return { status: 304, headers: [["ETag", '"1"']], body: "" };
    case "note_long":
      return { status: 200, headers: [["Content-Type", "image/png"]], body: MEBIBYTE };
    case "note_utf":
      return {
        status: 200,
        headers: [["Content-Type", "text/plain; charset=utf-8"]],
        body: "caf\u00e9 \u{1f600}",
      };
    case "note_own":
      return json(
        {},
        200,
        ["X-Request-Id", "mine"],
        ["Sluice-Cost", "3"],
        ["X-Credits-Remaining", "9"],
      );
    default:
      return json({ id, lines });
  }
}

async function* story(text: string): AsyncGenerator<string> {
  for (const word of text.split(" ")) yield `event: word\ndata: {"word":"${word}"}\n\n`;
  yield `event: done\ndata: {"credits":${text.split(" ").length}}\n\n`;
}
