/** What is no success, read: with its contract where there is one, and as well as can be where there is none. */
import { type AnyWire, parse } from "../../contract/index.ts";
import type { Failure } from "./failure.ts";
import { type HeaderLookUp, NO_HINTS, readHints } from "./hints.ts";
import { actionFor, adviceFor, isRefusal, isUnseen, wordFor } from "./judgement.ts";
import { parseJson, type Redact, redactText, shorten, shownBody } from "./redaction.ts";
import { readShape } from "./shapes.ts";

/** As much of an answer as reading it needs. */
export interface AnswerFacts {
  readonly status: number;
  header(name: string): string | null | undefined;
  /** The body's text, or as much of it as anybody is ready to hold. */
  readonly body: string;
  readonly method: string;
}

const MESSAGE_CHARS_MAX = 1_000;
const WORD_CHARS_MAX = 128;

const REQUEST_ID_HEADERS = ["x-request-id", "request-id", "x-amzn-requestid"];

/**
 * An answer that is no success. Never throws, whatever came.
 * @param nowMs by our wall clock, when it came.
 */
export function readFailure(
  answer: AnswerFacts,
  wire: AnyWire | undefined,
  nowMs: number,
): Failure {
  const { status, body, method } = answer;
  const header: HeaderLookUp = (name) => answer.header(name);
  const failure = read(wire, status, body, header, `${method} was answered with ${status}.`);
  const hints = readHints(header, nowMs);
  // A server that says when it will be there again has not begun, unless its contract is not so sure.
  const isAnnounced = status === 503 && hints.waitFrom?.includes("retry-after") === true;
  const isDoubtful = failure.conditions.length > 0 && failure.charged !== "no";
  const isUnbegun = isUnseen(status) || (isAnnounced && !isDoubtful);
  return { ...failure, source: "answer", hints, processed: isUnbegun ? "no" : "unknown" };
}

/**
 * An error that came as an event of a stream. Never throws, whatever came.
 * @param data of the event. @param header of the answer that the stream is.
 */
export function readEventFailure(
  data: string,
  wire: AnyWire | undefined,
  header: HeaderLookUp = () => undefined,
): Failure {
  return read(wire, undefined, data, header, "The stream ended with an error.");
}

function read(
  wire: AnyWire | undefined,
  answered: number | undefined,
  body: string,
  header: HeaderLookUp,
  otherwise: string,
): Failure {
  const parsed = parseBody(wire, answered, body);
  const shape = readShape(body);
  const said = parsed ?? shape;
  const entry = parsed?.entry;
  const advice = entry?.retry ?? adviceFor(answered, shape);
  const redact: Redact = (text) => redactText(text, wire?.key);
  const word = (text: string | undefined, charsMax = WORD_CHARS_MAX) =>
    text && redact(shorten(text, charsMax));
  const requestId = REQUEST_ID_HEADERS.map(header).find(Boolean) ?? shape.requestId;
  return {
    source: "stream",
    status: answered ?? entry?.status,
    code: word(said.code) ?? (answered ? wordFor(answered) : (word(shape.type) ?? "unknown_error")),
    type: word(said.type),
    message: word(said.message, MESSAGE_CHARS_MAX) ?? otherwise,
    param: word(said.param),
    conditions: parsed?.conditions ?? [],
    requestId: word(requestId),
    advice,
    action: entry?.action ?? actionFor(answered, advice, shape),
    charged: entry?.charged ?? (entry || isRefusal(answered) ? "no" : "unknown"),
    processed: "unknown",
    hints: NO_HINTS,
    body: shownBody(body, redact),
    cause: undefined,
  };
}

/** Undefined for what is none of the contract's refusals; an event has the status that the contract gives its code. */
function parseBody(wire: AnyWire | undefined, answered: number | undefined, body: string) {
  try {
    const code = wire?.envelope.decode(parseJson(body))?.code;
    const status = answered ?? (code && wire?.codes[code]?.status);
    return wire && status ? parse(wire, { status, header: () => null, body }) : undefined;
  } catch {
    // An envelope of somebody's own may not expect what a proxy sends.
    return undefined;
  }
}
