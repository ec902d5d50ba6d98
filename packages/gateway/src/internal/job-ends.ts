// Where upstreams report that a job has ended: a signed call, of which nothing is believed before its signature is.

import { createHash, timingSafeEqual } from "node:crypto";
import type { Awaitable } from "sluice/base";
import type { Answer, Call, JobDesk, JobEnded, JobOutcome } from "sluice/gate";
import { parseDictionary } from "structured-headers";
import { json, no, notAllowed } from "./json-answer.ts";

/** What a signature of RFC 9421 can cover here. The body is covered by its digest, `Content-Digest` (RFC 9530). */
export interface SignedCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  header(name: string): string | undefined;
}

/**
 * Whether the call is from somebody who has the secret: undefined if so, else why not, in words that give nothing away. The
 * signature must cover the method, the path and the header `content-digest`.
 */
export type VerifySigned = (call: SignedCall) => Awaitable<string | undefined>;

export interface JobEndsParts {
  readonly jobs: Pick<JobDesk, "end">;
  /** Undefined while there is no secret: then no end of a job is believed. */
  readonly verify: VerifySigned | undefined;
  /** Hears of what was thrown; the caller hears only that something failed. */
  readonly onFault: (error: unknown) => void;
}

/** An outcome is short. */
const bodyBytesMax = 4_096;
/** A request id as the gate makes them (RFC 9562). */
const requestIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const comeBack = ["Retry-After", "1"];
const outcomes =
  'Send {"outcome":"completed"}, with "credits" where they are not those on hold, or {"outcome":"failed"}.';

/** `POST /jobs/{requestId}`. A report may come again: what has ended before answers `unknown`, and nothing happens. */
export async function answerJobEnd(
  call: Call,
  requestId: string,
  { jobs, verify, onFault }: JobEndsParts,
): Promise<Answer> {
  if (call.method !== "POST") return notAllowed("POST");
  if (verify === undefined) {
    return no(403, "This gateway shares no secret with any upstream: give one a secret first.");
  }
  try {
    const body = await readReport(call, verify);
    if (!(body instanceof Uint8Array)) return body;
    if (!requestIdPattern.test(requestId)) {
      return no(404, "A job has the request id of the call that started it.");
    }
    const outcome = outcomeIn(body);
    if (outcome === undefined) return no(400, outcomes);
    return json(200, endedAs(await jobs.end(requestId, outcome)));
  } catch (error) {
    onFault(error);
    return no(503, "The end could not be written down; report it again.", comeBack);
  }
}

/** The body, once it is known who sent it. */
async function readReport(call: Call, verify: VerifySigned): Promise<Uint8Array | Answer> {
  const { method, target } = call;
  const reason = await verify({ method, target, header: (name) => call.header(name) });
  if (reason !== undefined) return no(401, reason);
  const read = await call.readBody(bodyBytesMax);
  if (read.kind === "too_large") return no(413, `A report has at most ${bodyBytesMax} bytes.`);
  if (read.kind === "aborted") return no(400, "The body did not come whole.");
  const isWhole = matchesDigest(call.header("content-digest"), read.bytes);
  return isWhole ? read.bytes : no(401, "Content-Digest must have the sha-256 of the body.");
}

/** RFC 9530 §2: a dictionary by algorithm; others may stand beside ours. */
function matchesDigest(header: string | undefined, bytes: Uint8Array): boolean {
  const told = sha256In(header ?? "");
  if (told === undefined) return false;
  const counted = createHash("sha256").update(bytes).digest();
  return told.length === counted.length && timingSafeEqual(told, counted);
}

function sha256In(header: string): Uint8Array | undefined {
  try {
    const [value] = parseDictionary(header).get("sha-256") ?? [];
    return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
  } catch {
    return undefined;
  }
}

function outcomeIn(body: Uint8Array): JobOutcome | undefined {
  let sent: unknown;
  try {
    sent = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return undefined;
  const { outcome, credits, ...others } = sent as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return undefined;
  if (outcome === "failed") return credits === undefined ? { kind: "failed" } : undefined;
  if (outcome !== "completed") return undefined;
  if (credits === undefined) return { kind: "completed" };
  const isCredits = typeof credits === "number" && Number.isSafeInteger(credits) && credits >= 0;
  return isCredits ? { kind: "completed", credits } : undefined;
}

function endedAs(ended: JobEnded): object {
  return ended.kind === "charged"
    ? { ended: "charged", credits: ended.credits }
    : { ended: ended.kind };
}
