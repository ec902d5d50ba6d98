// How receivers know that a warning is from us: HMAC-SHA256 over id, time and body (Standard Webhooks 1.0.0). The secret
// of each account follows from the pepper, so that nothing secret is stored.

import { createHmac } from "node:crypto";
import type { GateOptions, Pepper } from "sluice/gate";

type Peppers = GateOptions["pepper"];

const PREFIX = "whsec_";

/**
 * The secret that an account verifies with: for whoever shows it to the account, once it may see it. Of a pepper in several
 * versions the newest counts.
 * @param secretVersion the account's own: a higher number is another secret
 */
export function signingSecret(pepper: Peppers, accountId: string, secretVersion: number): string {
  const [newest] = keysOf(pepper, accountId, secretVersion);
  if (newest === undefined) throw new Error("there is no pepper");
  return PREFIX + newest.toString("base64");
}

export interface Signed {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/**
 * The headers of one attempt. A signature for each version of the pepper, the newest first: whoever knows the secret of an
 * older one goes on until that version is gone.
 * @param atMs when the attempt is made; receivers refuse what is more than five minutes off
 */
export function signedHeaders(
  pepper: Peppers,
  account: { readonly id: string; readonly secretVersion: number },
  message: { readonly id: string; readonly body: string; readonly atMs: number },
): Signed {
  const seconds = String(Math.floor(message.atMs / 1_000));
  const signed = `${message.id}.${seconds}.${message.body}`;
  const signatures = keysOf(pepper, account.id, account.secretVersion).map(
    (key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
  );
  return {
    "webhook-id": message.id,
    "webhook-timestamp": seconds,
    "webhook-signature": signatures.join(" "),
  };
}

/** The newest first. */
function keysOf(pepper: Peppers, accountId: string, secretVersion: number): readonly Buffer[] {
  return versionsOf(pepper).map(({ secret }) =>
    createHmac("sha256", secret).update(`sluice/warnings/${accountId}/${secretVersion}`).digest(),
  );
}

/** The newest first. */
export function versionsOf(pepper: Peppers): readonly Pepper[] {
  if (pepper instanceof Uint8Array) return [{ version: 1, secret: pepper }];
  return pepper.toSorted((one, other) => other.version - one.version);
}
