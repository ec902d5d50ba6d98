// The end of a job, told to the gateway by the upstream that did the work: signed with the secret that both share.

import { hash } from "node:crypto";
import { HmacSha256 } from "./hmac.ts";
import { checkSecretId, JOB_END_COMPONENTS, jobEndBase, parametersOf } from "./signature.ts";

/** Without `credits`, a job that completed costs all that was held for it; one that failed costs nothing. */
export type ReportedOutcome =
  | { readonly outcome: "completed"; readonly credits?: number }
  | { readonly outcome: "failed" };

export interface JobEndReport {
  /** The gateway's internal listener, such as `http://127.0.0.1:8788`. */
  readonly gatewayUrl: string;
  readonly secretId: string;
  readonly secret: string;
  /** The request id of the call that started the job. */
  readonly requestId: string;
  readonly outcome: ReportedOutcome;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since the epoch. @default the machine's clock */
  readonly nowMs?: () => number;
}

/** `unknown`: no such job runs; it has ended before, or its call never got as far, and will not. */
export type JobEndAnswer =
  | { readonly ended: "charged"; readonly credits: number }
  | { readonly ended: "released" }
  | { readonly ended: "unknown" };

/** The gateway did not take the report. */
export class JobEndError extends Error {
  override readonly name = "JobEndError";
  readonly status: number;
  /** Whether the same report can be taken later; a report that was taken may be sent again, too. */
  readonly retryable: boolean;

  constructor(status: number, said: string) {
    super(`the gateway answered ${status} to the end of a job: ${said.slice(0, 200)}`);
    this.status = status;
    this.retryable = status === 429 || status >= 500;
  }
}

/**
 * Sends one report, once. Report again after a failure that is `retryable`, and after a `fetch` that rejects: ending a
 * job twice ends it once.
 * @throws JobEndError where the gateway answers other than 200
 */
export async function reportJobEnd(report: JobEndReport): Promise<JobEndAnswer> {
  const { gatewayUrl, secret, secretId, requestId, outcome } = report;
  const { fetch = globalThis.fetch, nowMs = Date.now } = report;
  checkSecretId(secretId);
  const url = new URL(`${gatewayUrl.replace(/\/+$/, "")}/jobs/${encodeURIComponent(requestId)}`);
  const body = JSON.stringify(outcome);
  const digest = contentDigest(body);
  const parameters = parametersOf(JOB_END_COMPONENTS, Math.floor(nowMs() / 1_000), secretId);
  const base = jobEndBase("POST", url.pathname, digest, parameters);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "content-digest": digest,
      "signature-input": `sluice=${parameters}`,
      signature: `sluice=:${new HmacSha256(secret).base64(base)}:`,
    },
  });
  const text = await response.text();
  if (response.status !== 200) throw new JobEndError(response.status, text);
  return JSON.parse(text) as JobEndAnswer;
}

/** RFC 9530. */
export function contentDigest(body: string | Uint8Array): string {
  return `sha-256=:${hash("sha256", body, "base64")}:`;
}
