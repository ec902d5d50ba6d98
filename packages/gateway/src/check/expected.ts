/** What the contract says of a refusal that is expected: its code and status, its words, and how an answer differs. */
import { type AnyWire, type Facts, stepOf } from "sluice";
import { codeIn, type Exchange, type Expected, headerOf, jsonOf } from "./exchange.ts";
import type { Fault } from "./promise.ts";

export interface Spelt {
  readonly code: string;
  readonly status: number;
  readonly template: string;
}

export function speltAs(wire: AnyWire, { condition, operation, facts }: Expected): Spelt {
  const code = wire.spellings.codeOf(condition, operation, facts.param) ?? "";
  const entry = wire.codes[code];
  const template = wire.spellings.messageOf(condition, code) ?? entry?.message ?? "";
  return { code, status: entry?.status ?? 0, template };
}

/** Status and code; the code only where the body says one. Envelope and words are promises of their own. */
export function refusalFault(wire: AnyWire, exchange: Exchange): Fault | undefined {
  const { expected, answer } = exchange;
  if (expected === undefined) return undefined;
  const spelt = speltAs(wire, expected);
  const right = `${spelt.status} ${spelt.code} (${expected.condition})`;
  if (answer === undefined) {
    return { exchange, expected: right, found: `no answer: ${exchange.failure}` };
  }
  const code = codeIn(wire, exchange);
  const isRight = answer.status === spelt.status && (code === undefined || code === spelt.code);
  if (isRight) return undefined;
  return { exchange, expected: right, found: `${answer.status} ${code ?? "without a code"}` };
}

/** The message in the catalogue's words, the blamed parameter in its place; undefined where all is well or unknown. */
export function wordsFault(wire: AnyWire, exchange: Exchange): Fault | undefined {
  const { expected, answer } = exchange;
  if (expected === undefined || answer === undefined || !expected.wordsKnown) return undefined;
  const spelt = speltAs(wire, expected);
  const decoded = wire.envelope.decode(jsonOf(answer.body));
  if (decoded === undefined || decoded.code !== spelt.code) return undefined;
  const retryAfter = headerOf(answer, "Retry-After");
  if (!patternOf(spelt.template, expected.facts, retryAfter).test(decoded.message)) {
    return { exchange, expected: `the message "${spelt.template}"`, found: `"${decoded.message}"` };
  }
  const { param } = expected.facts;
  if (param !== undefined && hasParam(wire) && decoded.param !== param) {
    return { exchange, expected: `"${param}" blamed`, found: `"${decoded.param ?? "nothing"}"` };
  }
  return undefined;
}

/** Facts that the request does not settle may have any words; the seconds are those of the header. */
function patternOf(template: string, facts: Facts, retryAfter: string | undefined): RegExp {
  const parts = template.split(/(\{\w+\})/).map((part) => {
    switch (part) {
      case "{param}":
        return facts.param === undefined ? ".+" : escaped(facts.param);
      case "{retryAfter}":
        return retryAfter === undefined ? ".+" : escaped(retryAfter);
      case "{expected}":
      case "{limit}":
      case "{allowed}":
        return ".+";
      default:
        return escaped(part);
    }
  });
  return new RegExp(`^${parts.join("")}$`, "s");
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const NAMED = { code: "c", status: 400, message: "m", type: "t", helpUrl: "https://h.example/" };

/** Whether the envelope has a place for what is to blame. */
function hasParam({ envelope }: AnyWire): boolean {
  const written = envelope.encode({ ...NAMED, param: "somewhere" });
  return envelope.decode(JSON.parse(JSON.stringify(written)))?.param === "somewhere";
}

/** Whether the gate finds this out by itself, before any work: then the catalogue's words are known. */
export function isOfTheGate(condition: string): boolean {
  return stepOf(condition) !== "run";
}
