// For upstreams behind the gateway: who calls, believed only where the gateway has signed it; and the way to report the end
// of a job. Needs nothing but Node's own crypto, and plain headers of any framework.

import type { Caller } from "sluice/gate";
import {
  headerOf,
  type PlainHeaders,
  type Secrets,
  SignatureChecker,
  type SignatureFault,
} from "./check-signature.ts";
import { CALLER, CALLER_COMPONENTS, callerBase, REQUEST_ID } from "./signature.ts";

export type { PlainHeaders, Secrets } from "./check-signature.ts";
export {
  type JobEndAnswer,
  JobEndError,
  type JobEndReport,
  type ReportedOutcome,
  reportJobEnd,
} from "./report-job-end.ts";

/** Who calls, and which operation of the contract this is. */
export type SignedCaller = Caller & { readonly operation: string };

export interface VerifierOptions {
  /** The gateway's secrets by id. While one is being replaced, both are here. */
  readonly secrets: Secrets;
  /** Milliseconds since the epoch. @default the machine's clock */
  readonly nowMs?: () => number;
}

/** What has come. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as on the request line (Node's `request.url`), before any framework decodes or rewrites it. */
  readonly url: string;
  readonly headers: PlainHeaders;
}

/** The caller, or why there is none; look at `reason` first, and answer 401 where it is defined. */
export type Verified =
  | { readonly caller: SignedCaller; readonly requestId: string; readonly reason?: undefined }
  | {
      readonly reason: SignatureFault;
      /** What to look at next, for a log; not for the caller. */
      readonly advice: string;
      readonly caller?: undefined;
      readonly requestId?: undefined;
    };

export interface CallerVerifier {
  verify(request: ReceivedRequest): Verified;
}

const ADVICE: Readonly<Record<SignatureFault, string>> = {
  missing: "no signature: the request did not come through the gateway",
  malformed:
    "the signed headers are not as the gateway writes them: something on the way changed or doubled them",
  unknown_secret:
    "signed with a secret that is not among yours: give each by the id that the gateway uses",
  not_now:
    "signed more than 300 s away from this machine's time: a repeated request, or clocks that differ",
  mismatch:
    "the signature is not of this request: another secret of that id, or method, path or query was rewritten",
};

/**
 * The signature covers the method, the path, the query, the caller and the request id (RFC 9421, HMAC-SHA256); not the
 * body. One that was captured can be sent again for 300 s: an upstream that must not do work twice remembers request ids.
 *
 * @example
 * const verifier = createVerifier({ secrets: { main: process.env.SLUICE_SECRET } });
 * const { caller, requestId, reason } = verifier.verify(request);
 * if (reason !== undefined) return response.writeHead(401).end();
 */
export function createVerifier({ secrets, nowMs = Date.now }: VerifierOptions): CallerVerifier {
  const checker = new SignatureChecker(CALLER_COMPONENTS, secrets, nowMs);
  return {
    verify({ method, url, headers }) {
      const callerJson = headerOf(headers, CALLER);
      const requestId = headerOf(headers, REQUEST_ID);
      const at = url.indexOf("?");
      const path = at === -1 ? url : url.slice(0, at);
      const search = at === -1 ? "" : url.slice(at);
      const fault = checker.faultIn(headers, (parameters) =>
        callerJson === undefined || requestId === undefined
          ? undefined
          : callerBase({ method, path, search, caller: callerJson, requestId }, parameters),
      );
      if (fault !== undefined) return { reason: fault, advice: ADVICE[fault] };
      // What the gateway has signed, it has written.
      const caller = JSON.parse(callerJson ?? "null") as SignedCaller;
      return { caller, requestId: requestId ?? "" };
    },
  };
}
