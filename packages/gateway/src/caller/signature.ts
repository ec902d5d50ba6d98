// What is signed, between the gateway and an upstream: HTTP message signatures (RFC 9421) with HMAC-SHA256. Both directions
// use one fixed form, so that there is nothing to negotiate and nothing to parse loosely.

export const CALLER = "sluice-caller";
export const REQUEST_ID = "x-request-id";
export const SIGNATURE_INPUT = "signature-input";
export const SIGNATURE = "signature";
export const CONTENT_DIGEST = "content-digest";

/** The components of a request from the gateway to an upstream. */
export const CALLER_COMPONENTS = '("@method" "@path" "@query" "sluice-caller" "x-request-id")';
/** The components of a job's end, from an upstream to the gateway. */
export const JOB_END_COMPONENTS = '("@method" "@path" "content-digest")';

/** How far the clocks of the two sides may be apart, and how long a captured request could be sent again. */
export const CREATED_WINDOW_SECONDS = 300;

const SECRET_ID = /^[\w.:-]{1,64}$/;

export interface SignedRequest {
  readonly method: string;
  /** Without the query, as on the request line. */
  readonly path: string;
  /** With the question mark; empty where there is none. */
  readonly search: string;
  readonly caller: string;
  readonly requestId: string;
}

/** RFC 9421 §2.5. A query that is absent is signed as a lone question mark (§2.2.7). */
export function callerBase(request: SignedRequest, parameters: string): string {
  const { method, path, search, caller, requestId } = request;
  return (
    `"@method": ${method}\n"@path": ${path}\n"@query": ${search === "" ? "?" : search}\n` +
    `"sluice-caller": ${caller}\n"x-request-id": ${requestId}\n"@signature-params": ${parameters}`
  );
}

export function jobEndBase(
  method: string,
  path: string,
  contentDigest: string,
  parameters: string,
): string {
  return (
    `"@method": ${method}\n"@path": ${path}\n"content-digest": ${contentDigest}\n` +
    `"@signature-params": ${parameters}`
  );
}

/** The signature's parameters (RFC 9421 §2.3), as they stand in `Signature-Input` behind the label. */
export function parametersOf(components: string, createdSeconds: number, secretId: string): string {
  return `${components};created=${createdSeconds};keyid="${secretId}";alg="hmac-sha256"`;
}

/** An id goes into a quoted string as it is. */
export function checkSecretId(id: string): void {
  if (SECRET_ID.test(id)) return;
  throw new Error(
    `the secret id ${JSON.stringify(id)} must be 1 to 64 letters, digits, or any of "_.:-"`,
  );
}
