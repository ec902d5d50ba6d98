/** What is true of every error, looked for in all answers of the run. */
import { type AnyWire, helpUrl, SIMULATE } from "sluice";
import { codeIn, type Exchange, headerOf, isRefused, jsonOf } from "../exchange.ts";
import { wordsFault } from "../expected.ts";
import { type ApiPromise, type Fault, findingOf } from "../promise.ts";
import type { Session } from "../session.ts";
import { internalsIn } from "./internals.ts";

type Answered = Exchange & { readonly answer: NonNullable<Exchange["answer"]> };

/** What is wrong with one answer, if anything is. */
type Judge = (wire: AnyWire, exchange: Answered) => Omit<Fault, "exchange"> | undefined;

interface Rule {
  readonly id: string;
  says(wire: AnyWire): string;
  isMade?(wire: AnyWire): boolean;
  /** The answers that it is about. */
  isAbout(wire: AnyWire, exchange: Answered): boolean;
  readonly judge: Judge;
}

const rules: readonly Rule[] = [
  {
    id: "errors.envelope",
    says: ({ envelope }) =>
      `Every error is the ${envelope.name} envelope, as ${envelope.contentType}.`,
    isAbout: (_, exchange) => isRefused(exchange) && hasBody(exchange),
    judge: envelopeOf,
  },
  {
    id: "errors.catalogue",
    says: () => "Every error's code is in the catalogue, and has the catalogue's status.",
    // What was provoked has a promise of its own that says more.
    isAbout: (wire, exchange) =>
      isRefused(exchange) &&
      exchange.expected === undefined &&
      codeIn(wire, exchange) !== undefined,
    judge(wire, exchange) {
      const code = codeIn(wire, exchange) ?? "";
      const entry = Object.hasOwn(wire.codes, code) ? wire.codes[code] : undefined;
      if (entry?.status === exchange.answer.status) return undefined;
      const expected = entry === undefined ? "a code of the catalogue" : `${entry.status} ${code}`;
      return { expected, found: `${exchange.answer.status} ${code}` };
    },
  },
  {
    id: "errors.words",
    says: () => "A message is the catalogue's, and names the parameter that is to blame.",
    isAbout: (_, exchange) => exchange.expected?.wordsKnown === true && !isSimulated(exchange),
    judge: (wire, exchange) => wordsFault(wire, exchange),
  },
  {
    id: "errors.not-stored",
    says: () => "A refusal is about one request, so no cache may keep it: Cache-Control: no-store.",
    isAbout: isOwnRefusal,
    judge: (_, { answer }) =>
      wants("Cache-Control: no-store", headerOf(answer, "Cache-Control"), /\bno-store\b/i),
  },
  {
    id: "errors.www-authenticate",
    says: () => "A 401 names a scheme in WWW-Authenticate (RFC 9110 §11.6.1).",
    isAbout: (_, { answer }) => answer.status === 401,
    judge: (_, { answer }) =>
      wants("a WWW-Authenticate header", headerOf(answer, "WWW-Authenticate"), /^[\w-]+/),
  },
  {
    id: "errors.allow",
    says: () => "A 405 names the methods that are allowed (RFC 9110 §15.5.6).",
    isAbout: (_, { answer }) => answer.status === 405,
    judge: allowOf,
  },
  {
    id: "errors.retry-after",
    says: () => "Every 429 and 503 says in whole seconds when to come back.",
    isAbout: (_, { answer: { status } }) => status === 429 || status === 503,
    judge: (_, { answer }) =>
      wants(
        "a Retry-After of whole seconds, at least 1",
        headerOf(answer, "Retry-After"),
        /^[1-9]\d{0,8}$/,
      ),
  },
  {
    id: "errors.no-internals",
    says: () => "No error shows what is behind it: stacks, paths, queries, names of classes.",
    isAbout: (_, exchange) => isRefused(exchange) && hasBody(exchange),
    judge(_, { answer, request }) {
      const shown = internalsIn(answer.body, request.target);
      if (shown === undefined) return undefined;
      return { expected: "nothing of what is behind the API", found: shown };
    },
  },
  {
    id: "errors.no-faults",
    says: () => "What a caller sends is refused, however odd, and breaks nothing: no 5xx.",
    isAbout: (_, exchange) => !isSimulated(exchange),
    judge: (_, { answer: { status } }) =>
      status >= 500 ? { expected: "a status below 500", found: String(status) } : undefined,
  },
  {
    id: "errors.help",
    says: () => 'A refusal links to the page of its code: Link: <…>; rel="help".',
    isMade: ({ headers }) => headers.help === true,
    isAbout: isOwnRefusal,
    judge(wire, exchange) {
      const code = codeIn(wire, exchange) ?? "";
      const link = `<${helpUrl(wire, code)}>; rel="help"`;
      const found = headerOf(exchange.answer, "Link");
      return found?.includes(link)
        ? undefined
        : { expected: `Link: ${link}`, found: found ?? "none" };
    },
  },
];

export function errorPromises(wire: AnyWire): readonly ApiPromise[] {
  return rules.map((rule) => ({
    id: rule.id,
    group: "Errors",
    says: rule.says(wire),
    needs: [],
    isMade: () => rule.isMade?.(wire) ?? true,
    probe: (session) => judgeAll(session, rule),
  }));
}

function judgeAll({ target, exchanges }: Session, rule: Rule) {
  const { wire } = target.api;
  const seen = exchanges.filter(isAnswered).filter((exchange) => rule.isAbout(wire, exchange));
  const faults = seen.flatMap((exchange) => {
    const wrong = rule.judge(wire, exchange);
    return wrong === undefined ? [] : [{ ...wrong, exchange }];
  });
  return findingOf(faults, seen.length, "a refusal of this kind: a test key can simulate them all");
}

export function isAnswered(exchange: Exchange): exchange is Answered {
  return exchange.answer !== undefined;
}

/** What a test key asks for has a promise of its own. */
function isSimulated({ request }: Exchange): boolean {
  return request.headers[SIMULATE] !== undefined;
}

function hasBody({ request, answer }: Answered): boolean {
  return request.method !== "HEAD" && answer.status !== 304;
}

/** In the envelope: whatever stands before the API may answer in its own way, which is another promise's matter. */
function isOwnRefusal(wire: AnyWire, exchange: Answered): boolean {
  return isRefused(exchange) && codeIn(wire, exchange) !== undefined;
}

function envelopeOf(wire: AnyWire, { answer }: Answered): Omit<Fault, "exchange"> | undefined {
  const { envelope } = wire;
  const type = headerOf(answer, "Content-Type");
  if (answer.flaw !== undefined) return { expected: "a body that can be read", found: answer.flaw };
  const [media = ""] = (type ?? "").split(";");
  if (media.trim().toLowerCase() !== envelope.contentType) {
    return { expected: `Content-Type: ${envelope.contentType}`, found: type ?? "none" };
  }
  const body = jsonOf(answer.body);
  const decoded = envelope.decode(body);
  const entry =
    decoded && Object.hasOwn(wire.codes, decoded.code) ? wire.codes[decoded.code] : undefined;
  const written =
    decoded &&
    envelope.encode({
      code: decoded.code,
      status: answer.status,
      message: decoded.message,
      type: entry?.type ?? decoded.type,
      param: decoded.param,
      helpUrl: helpUrl(wire, decoded.code),
    });
  if (written !== undefined && isSame(body, JSON.parse(JSON.stringify(written)))) return undefined;
  const example = {
    code: "…",
    status: answer.status,
    message: "…",
    type: "…",
    param: undefined,
    helpUrl: "…",
  };
  return {
    expected: JSON.stringify(written ?? envelope.encode(example)),
    found: body === undefined ? "a body that is not JSON" : "another shape",
  };
}

/** As JSON values: the order of members says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && isSame(value, right.get(name)))
  );
}

function allowOf(_: AnyWire, { answer, expected }: Answered): Omit<Fault, "exchange"> | undefined {
  const found = headerOf(answer, "Allow");
  const allowed = expected?.facts.allowed ?? [];
  const said = new Set((found ?? "").split(",").map((method) => method.trim().toUpperCase()));
  const isRight = found !== undefined && allowed.every((method) => said.has(method));
  return isRight ? undefined : { expected: `Allow: ${allowed.join(", ")}`, found: found ?? "none" };
}

function wants(
  expected: string,
  found: string | undefined,
  pattern: RegExp,
): Omit<Fault, "exchange"> | undefined {
  return found !== undefined && pattern.test(found)
    ? undefined
    : { expected, found: found ?? "none" };
}
