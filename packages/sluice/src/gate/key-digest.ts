/** How keys are stored: HMAC-SHA-256 under a pepper that the database does not hold. */

/** The digest of a key, as lower-case hex. */
export type KeyDigest = (key: string) => Promise<string>;

export function createKeyDigest(pepper: Uint8Array): KeyDigest {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const hmacKey = crypto.subtle.importKey("raw", Uint8Array.from(pepper), algorithm, false, [
    "sign",
  ]);
  const encoder = new TextEncoder();
  return async (key) => {
    const digest = await crypto.subtle.sign("HMAC", await hmacKey, encoder.encode(key));
    return toHex(new Uint8Array(digest));
  };
}

export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
