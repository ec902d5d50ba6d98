// One cookie, which no script reads and no other site sends along (RFC 6265bis: HttpOnly, SameSite=Strict).

export interface CookieShape {
  readonly name: string;
  /** Where it is sent. */
  readonly path: string;
  /** Whether people come by HTTPS. */
  readonly isSecure: boolean;
}

/** Of several with one name the first counts: that with the longest path (RFC 6265 §5.4). */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** @param seconds how long it is kept; 0 takes it away */
export function cookie(
  { name, path, isSecure }: CookieShape,
  text: string,
  seconds: number,
): string {
  const secure = isSecure ? "; Secure" : "";
  return `${name}=${text}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
