/** A request of the check and its answer, as data: what promises judge. */
import { type AnyWire, type Facts, headerIn, type Parsed, parse } from "sluice";

export type CheckBody =
  | { readonly kind: "text"; readonly text: string }
  /** So many bytes, with their number said beforehand, or counted by whoever reads them. */
  | { readonly kind: "bytes"; readonly bytes: number; readonly isDeclared: boolean };

export interface CheckRequest {
  readonly method: string;
  /** From the origin on, with the query; sent as it stands. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: CheckBody | undefined;
  /** Bytes in place of an HTTP request, given the target below the API's address; headers and body then say nothing. */
  readonly raw?: (target: string) => string;
}

export interface CheckAnswer {
  readonly status: number;
  /** A flat list: name, value, name, value; as they came. */
  readonly headers: readonly string[];
  /** Decoded, and cut at the bound. */
  readonly body: string;
  /** What was wrong with the body's encoding or length, if anything was. */
  readonly flaw?: string;
}

/** Sends one request, follows nothing, and reads one answer within bounds. Rejects where there was none. */
export type Send = (request: CheckRequest) => Promise<CheckAnswer>;

/** What a request should be refused with. */
export interface Expected {
  readonly condition: string;
  readonly operation: string | undefined;
  readonly facts: Facts;
  /** Whether the catalogue's words are the API's own here, or whatever did the work may have better ones. */
  readonly wordsKnown: boolean;
}

export interface Exchange {
  readonly request: CheckRequest;
  readonly expected: Expected | undefined;
  /** Undefined where none came: `failure` then says why. */
  readonly answer: CheckAnswer | undefined;
  readonly failure: string | undefined;
  /** By the checker's own monotonic clock. */
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly receivedWallMs: number;
}

/** The first of that name. */
export function headerOf(answer: CheckAnswer, name: string): string | undefined {
  return headerIn(answer.headers, name);
}

/** Whether it is one of the contract's refusals, read backwards. */
export function parsedOf(wire: AnyWire, { answer }: Exchange): Parsed | undefined {
  if (answer === undefined) return undefined;
  const { status, body } = answer;
  return parse(wire, { status, body, header: (name) => headerOf(answer, name) });
}

/** The code that a body names, whatever its status. */
export function codeIn(wire: AnyWire, { answer }: Exchange): string | undefined {
  return answer === undefined ? undefined : wire.envelope.decode(jsonOf(answer.body))?.code;
}

export function isRefused({ answer }: Exchange): boolean {
  return answer !== undefined && answer.status >= 400;
}

export function isDone({ answer }: Exchange): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
