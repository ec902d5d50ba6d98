// Signing in and out: a key, or the code of a link, becomes a cookie. Whether a key is good, and how often somebody may try, the
// gate says: it is asked whose the key is.

import type { Answer, Call, Key } from "sluice/gate";
import { json, no, notAllowed } from "../internal/json-answer.ts";
import { type CookieShape, cookie, readCookie } from "./cookie.ts";
import type { Invitations } from "./invitations.ts";
import type { Opened, Sessions } from "./sessions.ts";
import { SignedInCall } from "./signed-in-call.ts";

export interface SignInParts {
  readonly cookie: Omit<CookieShape, "isSecure">;
  /** Whether people come to this very listener by HTTPS. */
  readonly isSecure: boolean;
  readonly sessions: Sessions;
  /** @default no links are taken */
  readonly invitations?: Invitations;
  /** The gate; it answers whose a key is at `whoAmI`, and the key in its body. */
  readonly answer: (call: Call) => Promise<Answer>;
  readonly whoAmI: string;
  readonly keyIn: (body: unknown) => SignedIn;
}

export type SignedIn = Pick<Key, "id" | "createdAtMs">;

const BODY_BYTES_MAX = 4_096;
const UNCACHED = ["Cache-Control", "no-store"];

const asked =
  'Send {"key": "…"}, or {"code": "…"} with what stands behind the # of a sign-in link.';
const stale =
  "This link was used before, or is too old. Ask for another one, or sign in with a key.";

/** POST signs in, DELETE signs out; whether it comes from our own pages has been asked before. */
export async function answerSession(call: Call, parts: SignInParts): Promise<Answer> {
  if (call.method === "DELETE") return signOut(call, parts);
  if (call.method !== "POST") return notAllowed("POST, DELETE");
  const read = await call.readBody(BODY_BYTES_MAX);
  if (read.kind === "too_large") return no(413, `At most ${BODY_BYTES_MAX} bytes are read here.`);
  const given = read.kind === "bytes" ? givenIn(read.bytes) : undefined;
  if (given === undefined) return no(400, asked, UNCACHED);
  if ("key" in given) return byKey(call, given.key, parts);
  const key = parts.invitations?.accept(given.code);
  if (key === undefined) return no(401, stale, UNCACHED);
  return signedIn(call, await parts.sessions.open(key), parts);
}

type Given = { readonly key: string } | { readonly code: string };

function givenIn(bytes: Uint8Array): Given | undefined {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const { key, code } = (body ?? {}) as { readonly key?: unknown; readonly code?: unknown };
  if (typeof key === "string" && isHeaderText(key)) return { key };
  return typeof code === "string" ? { code } : undefined;
}

/** It stands in a header from here on. */
function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]{1,512}$/.test(text);
}

async function byKey(call: Call, key: string, parts: SignInParts): Promise<Answer> {
  const { answer, whoAmI, sessions, keyIn } = parts;
  const told = await answer(new SignedInCall(call, { method: "GET", target: whoAmI }, key));
  if (told.status !== 200) return told;
  const { body } = told;
  const text = typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array);
  return signedIn(call, await sessions.open(keyIn(JSON.parse(text)), key), parts);
}

function signedIn(call: Call, { text, expiresAtMs }: Opened, parts: SignInParts): Answer {
  const seconds = Math.floor(parts.sessions.lifetimeMs / 1_000);
  const kept = ["Set-Cookie", cookie(shapeFor(call, parts), text, seconds)];
  return json(200, { expiresAtMs }, [...kept, ...UNCACHED]);
}

function signOut(call: Call, parts: SignInParts): Answer {
  const text = readCookie(call.header("cookie"), parts.cookie.name);
  if (text !== undefined) parts.sessions.end(text);
  return json(200, {}, ["Set-Cookie", cookie(shapeFor(call, parts), "", 0), ...UNCACHED]);
}

/**
 * Behind a proxy that ends TLS only the browser knows how its page came, and says so with each POST (RFC 6454 §7). Whoever
 * makes it up has a cookie that their own browser keeps back.
 */
function shapeFor(call: Call, { cookie: shape, isSecure }: SignInParts): CookieShape {
  return { ...shape, isSecure: isSecure || call.header("origin")?.startsWith("https://") === true };
}
