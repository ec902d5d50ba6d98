// Digests as a thing that is handed in: the machine's are made on another thread in real time, so a run in virtual time
// would go another way each time.

/** The two digests that a gate makes. */
export interface Digests {
  /** Of a request, to know it again. */
  sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  /** Of a key, under a secret: the maker, for many. */
  hmacSha256(
    secret: Uint8Array<ArrayBuffer>,
  ): (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

/** The platform's own (Web Crypto). */
export const systemDigests: Digests = {
  async sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  },
  hmacSha256(secret) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
    return async (bytes) => new Uint8Array(await crypto.subtle.sign("HMAC", await key, bytes));
  },
};
