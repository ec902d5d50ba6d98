/** Idempotency keys: reading the header (quoted as in the draft, or bare as everybody sends it), and fingerprints. */
import { toHex } from "../../base/index.ts";
import { IDEMPOTENCY_KEY, type Refusal, redactKeys, refuse } from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import type { Idempotency } from "../stores.ts";
import type { Visit } from "../visit.ts";

/** Visible ASCII without quotes and backslashes, 1 to 255 characters: what the draft's String and bare use share. */
const BARE = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/;

/** draft-ietf-httpapi-idempotency-key-header-07; the fingerprint covers method, path, query and body. */
export async function readIdempotency(
  visit: Visit,
  gate: Settings,
  header: string,
): Promise<Idempotency | Refusal> {
  const { name, wire } = visit.settled;
  if (!wire.idempotency) {
    return refuse("invalid_parameter", {
      param: IDEMPOTENCY_KEY,
      expected: "is not accepted by this operation",
    });
  }
  const key = /^".*"$/.test(header) ? header.slice(1, -1) : header;
  if (!BARE.test(key)) {
    return refuse("invalid_parameter", {
      param: IDEMPOTENCY_KEY,
      expected: "must be 1 to 255 visible ASCII characters",
    });
  }
  // It will be stored as it is, and no API key may be.
  if (redactKeys(gate.api.wire.key, key) !== key) {
    return refuse("invalid_parameter", {
      param: IDEMPOTENCY_KEY,
      expected: "must not hold an API key",
    });
  }
  const head = new TextEncoder().encode(`${wire.method} ${visit.path}${visit.search}\n`);
  const body = visit.input?.bodyBytes ?? new Uint8Array(0);
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  const fingerprint = toHex(await gate.digests.sha256(all));
  return { accountId: visit.known.caller.accountId, operation: name, key, fingerprint };
}
