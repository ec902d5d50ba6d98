// For the gateway's internal listener: whether the report of a job's end comes from an upstream that shares our secret, and
// is of exactly this body.

import {
  headerOf,
  type PlainHeaders,
  type Secrets,
  SignatureChecker,
  type SignatureFault,
} from "./check-signature.ts";
import { contentDigest } from "./report-job-end.ts";
import { CONTENT_DIGEST, JOB_END_COMPONENTS, jobEndBase } from "./signature.ts";

export interface ReceivedJobEnd {
  readonly method: string;
  /** As on the request line. */
  readonly path: string;
  readonly headers: PlainHeaders;
  readonly body: Uint8Array;
}

/** A body that is not the one of its digest is a `mismatch`. */
export type JobEndVerifier = (received: ReceivedJobEnd) => SignatureFault | undefined;

/** @param nowMs milliseconds since the epoch */
export function createJobEndVerifier(secrets: Secrets, nowMs: () => number): JobEndVerifier {
  const checker = new SignatureChecker(JOB_END_COMPONENTS, secrets, nowMs);
  return ({ method, path, headers, body }) => {
    const digest = headerOf(headers, CONTENT_DIGEST);
    const fault = checker.faultIn(headers, (parameters) =>
      digest === undefined ? undefined : jobEndBase(method, path, digest, parameters),
    );
    if (fault !== undefined) return fault;
    return digest === contentDigest(body) ? undefined : "mismatch";
  };
}
