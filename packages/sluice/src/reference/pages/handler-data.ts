/** What handlers in any language need to know of an API. */
import type { Reference } from "../model/reference.ts";

export function retryableCodes({ codes }: Reference): readonly string[] {
  return codes.filter(({ advice }) => advice.retryable).map(({ code }) => code);
}

/** For the codes that end users can meet although the program is right: the first paragraph of what each page says. */
export function messagesFor({
  codes,
}: Reference): readonly { readonly code: string; readonly text: string }[] {
  return codes
    .filter(
      ({ entry, status }) => entry.action !== "fix_request" || status === 404 || status === 409,
    )
    .map(({ code, page }) => ({ code, text: firstParagraph(page.endUser) }));
}

function firstParagraph(text: string): string {
  return (text.split(/\n\s*\n/)[0] ?? "").replaceAll(/\s*\n\s*/g, " ");
}

/** The header that carries the key, as a member's name, with what stands for the key. */
export function keyHeaderIn({ api }: Reference, key: string): readonly [string, string] {
  const [place] = api.wire.key.places;
  if (place !== undefined && "header" in place) {
    const { header } = place;
    return [/^[A-Za-z]+$/.test(header) ? header : JSON.stringify(header), key];
  }
  return ["Authorization", `Bearer ${key}`];
}

/** Which calls take an `Idempotency-Key`, as regular expressions on `POST /path`. */
export function keyPatterns({ operations }: Reference): "every POST" | readonly string[] {
  const taking = operations.filter(({ wire }) => wire.idempotency);
  const posts = operations.filter(({ wire }) => wire.method === "POST");
  const isEvery = posts.every(({ wire }) => wire.idempotency) && taking.length === posts.length;
  if (isEvery && posts.length > 0) return "every POST";
  return taking.map(
    ({ wire }) =>
      `${wire.method} ${wire.path.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}`,
  );
}

/** `MaveraError` */
export function errorName({ about }: Reference): string {
  const word = about.title.replaceAll(/[^A-Za-z0-9]/g, "");
  return /^[A-Z]/.test(word) ? `${word}Error` : "ApiError";
}
