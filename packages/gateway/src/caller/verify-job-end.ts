// For the gateway's internal listener: whether the report of a job's end comes from an upstream that shares our secret. The
// signature covers the digest of the body (`Content-Digest`), which must still be compared with the body.

import {
  headerOf,
  type PlainHeaders,
  type Secrets,
  SignatureChecker,
  type SignatureFault,
} from "./check-signature.ts";
import { CONTENT_DIGEST, JOB_END_COMPONENTS, jobEndBase } from "./signature.ts";

export interface ReceivedJobEnd {
  readonly method: string;
  /** As on the request line. */
  readonly path: string;
  readonly headers: PlainHeaders;
}

export type JobEndVerifier = (received: ReceivedJobEnd) => SignatureFault | undefined;

/** @param nowMs milliseconds since the epoch */
export function createJobEndVerifier(secrets: Secrets, nowMs: () => number): JobEndVerifier {
  const checker = new SignatureChecker(JOB_END_COMPONENTS, secrets, nowMs);
  return ({ method, path, headers }) => {
    const digest = headerOf(headers, CONTENT_DIGEST);
    return checker.faultIn(headers, (parameters) =>
      digest === undefined ? undefined : jobEndBase(method, path, digest, parameters),
    );
  };
}
