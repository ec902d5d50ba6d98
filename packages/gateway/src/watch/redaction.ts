// What goes out for people to read, without what nobody may read: keys of any API that is served here, also where their
// characters were percent-encoded, and passwords in the addresses of stores.

import { type KeyFormat, redactKeys } from "sluice";
import { wire as admin } from "../admin/contract/wire.ts";

export type Redact = (text: string) => string;

const encoded = /%([0-9a-f]{2})/gi;
const credentials = /\/\/[^/@\s]+@/g;

/** @param others keys of the APIs that are served; tokens of the admin API are kept out whether it is on or not. */
export function createRedaction(others: readonly KeyFormat[]): Redact {
  const formats = [...others, admin.key];
  const prefixes = formats.flatMap(({ prefixes: { live, test } }) =>
    test ? [live, test] : [live],
  );
  // Nearly no text has anything of all this.
  const suspicious = new RegExp(
    ["%", "@", ...prefixes.map((prefix) => prefix.replaceAll(/\W/g, "\\$&"))].join("|"),
  );
  return (text) => {
    if (!suspicious.test(text)) return text;
    let safe = text.includes("%") ? text.replaceAll(encoded, decodeUnreserved) : text;
    if (safe.includes("@")) safe = safe.replaceAll(credentials, "//");
    for (const format of formats) safe = redactKeys(format, safe);
    return safe;
  };
}

/** RFC 3986 §2.3: unreserved characters mean the same encoded or not. */
function decodeUnreserved(text: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return /[\w.~-]/.test(character) ? character : text;
}
