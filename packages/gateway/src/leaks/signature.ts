// Whether a report is GitHub's: ECDSA of P-256 with SHA-256 over the bytes of the body, by one of its published keys.

import { verify } from "node:crypto";
import type { Call } from "sluice/gate";
import type { GithubKeys, KeyFound } from "./github-keys.ts";

/** Digests of keys, in hex; and two numbers of 32 bytes in DER, in base64. Both with room to spare. */
const idPattern = /^[0-9A-Za-z_-]{1,128}$/;
const signaturePattern = /^[0-9A-Za-z+/]{1,200}={0,2}$/;

/** What the headers claim, checked as far as that goes without the body. */
export interface Claim {
  holdsFor(body: Uint8Array): boolean;
}

/** A key that cannot be had is no fault of whoever sent this. */
export type Claimed = Claim | "none" | Exclude<KeyFound, object>;

export async function claimOf(call: Pick<Call, "header">, keys: GithubKeys): Promise<Claimed> {
  const id = call.header("github-public-key-identifier") ?? "";
  const text = call.header("github-public-key-signature") ?? "";
  if (!idPattern.test(id) || !signaturePattern.test(text)) return "none";
  const key = await keys.find(id);
  if (typeof key === "string") return key;
  const signature = Buffer.from(text, "base64");
  return { holdsFor: (body) => verify("sha256", body, { key, dsaEncoding: "der" }, signature) };
}
