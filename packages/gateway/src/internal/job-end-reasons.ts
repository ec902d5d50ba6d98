// Why a report of a job's end is not believed, for whoever sends it: what to look at, and nothing that helps to forge one.

import type { SignatureFault } from "../caller/check-signature.ts";
import type { Secret } from "../caller/sign.ts";
import { createJobEndVerifier } from "../caller/verify-job-end.ts";
import type { VerifySigned } from "./job-ends.ts";

const REASONS: Readonly<Record<SignatureFault, string>> = {
  missing: "Sign the report: it has no signature.",
  malformed:
    "Sign the report as RFC 9421 has it: @method, @path and content-digest, in this order.",
  unknown_secret: "Name a secret that the gateway knows: its id is in keyid.",
  not_now: "Sign the report when it is sent: its signature is more than 300 s from now.",
  mismatch: "Sign this report: the signature is of another one, or by another secret of that id.",
};

/** Undefined where there is no secret: then no report is believed. */
export function jobEndCheck(
  secrets: readonly Secret[],
  nowMs: () => number,
): VerifySigned | undefined {
  if (secrets.length === 0) return undefined;
  const byId = Object.fromEntries(secrets.map(({ id, secret }) => [id, secret]));
  const faultIn = createJobEndVerifier(byId, nowMs);
  return ({ method, target, header }) => {
    const headers = { get: (name: string) => header(name) ?? null };
    const fault = faultIn({ method, path: target, headers });
    return fault && REASONS[fault];
  };
}
