/** HTTP as such: HEAD and OPTIONS, encodings, paths that nobody means, bodies that nobody expects. */
import { type CheckRequest, type Exchange, headerOf } from "../exchange.ts";
import { type ApiPromise, type Fault, findingOf, notProvoked } from "../promise.ts";
import { NO_READING, readingOf } from "../reading.ts";
import { keyHeader, operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";

const main = { key: "main" } as const;

export const protocolPromises: readonly ApiPromise[] = [
  {
    id: "protocol.head",
    group: "Protocol",
    says: "HEAD is answered as GET is, without a body (RFC 9110 §9.3.2).",
    needs: [main],
    probe: probeHead,
  },
  {
    id: "protocol.options",
    group: "Protocol",
    says: "OPTIONS is answered or refused, and breaks nothing.",
    needs: [],
    async probe(session) {
      const { api, keys } = session.target;
      const [operation = ""] = Object.keys(api.wire.operations);
      const request = { ...operationRequest(session.target, operation), method: "OPTIONS" };
      const seen = await session.ask(sendable({ ...request, body: undefined }, keys.main));
      const faults = faultIf(seen, (status) => status >= 500, "an answer below 500");
      return findingOf(faults, 1);
    },
  },
  {
    id: "protocol.encodings",
    group: "Protocol",
    says: "A body has the encoding that the caller takes, and can be read.",
    needs: [main],
    probe: probeEncodings,
  },
  {
    id: "protocol.odd-paths",
    group: "Protocol",
    says: "A path that means nothing is refused, however it is written.",
    needs: [main],
    probe: probeOddPaths,
  },
  {
    id: "protocol.odd-bodies",
    group: "Protocol",
    says: "A body of another shape than any that is taken is refused.",
    needs: [main],
    isMade: ({ server }) => Object.values(server.operations).some(({ body }) => body !== undefined),
    probe: probeOddBodies,
  },
];

async function probeHead(session: Session) {
  const reading = await readingOf(session);
  if (reading === undefined) return notProvoked(NO_READING);
  const head = await session.ask({ ...reading.request, method: "HEAD" });
  const wanted = reading.exchange.answer?.status;
  const faults = faultIf(head, (status) => status !== wanted, `${wanted}, as GET is answered`);
  return findingOf(faults, 1);
}

async function probeEncodings(session: Session) {
  const reading = await readingOf(session);
  if (reading === undefined) return notProvoked(NO_READING);
  const { request } = reading;
  const refused = { ...request, target: `${session.target.api.wire.basePath}/no-such-path` };
  const faults: Fault[] = [];
  for (const one of [request, refused]) {
    for (const takes of ["identity", "gzip, br"]) {
      const headers = { ...one.headers, "Accept-Encoding": takes };
      const exchange = await session.ask({ ...one, headers });
      const coded = exchange.answer && headerOf(exchange.answer, "Content-Encoding");
      const isTaken = coded === undefined || coded === "identity" || takes.includes(coded);
      if (!isTaken) faults.push({ exchange, expected: takes, found: `Content-Encoding: ${coded}` });
      const flaw = exchange.answer?.flaw;
      if (flaw !== undefined)
        faults.push({ exchange, expected: "a body that can be read", found: flaw });
    }
  }
  return findingOf(faults, 4);
}

const ODD_PATHS = [
  "/no-such-path/%2e%2e/other",
  "/no-such-path%00",
  "/no-such-path%",
  "/no-such-path%E0%A4%A",
  "/no-such-path;a=b",
  "/no-such-path//again",
  `/no-such-path/${"long".repeat(300)}`,
  "/no-such-path?a[b]=c&a=%",
];

async function probeOddPaths(session: Session) {
  const { api, keys } = session.target;
  const [place = { bearer: true }] = api.wire.key.places;
  // An operation that takes the rest of a path means all of them.
  const paths = ODD_PATHS.filter(
    (path) => api.router.match("GET", path.split("?")[0] ?? "").kind === "nothing",
  );
  const faults: Fault[] = [];
  for (const path of paths) {
    const request: CheckRequest = {
      method: "GET",
      target: `${api.wire.basePath}${path}`,
      headers: keyHeader(place, keys.main ?? ""),
    };
    faults.push(...faultIf(await session.ask(request), isNoRefusal, "a refusal, 400 to 499"));
  }
  return findingOf(faults, paths.length);
}

const NESTED = 5_000;
const ODD_BODIES = [
  "[]",
  "null",
  '"text"',
  '{"__proto__":{"a":1},"constructor":{"prototype":null}}',
  `${"[".repeat(NESTED)}${"]".repeat(NESTED)}`,
  '{"a":"\\ud800\\u0000"}',
  "",
];
const OPERATIONS_MAX = 2;

async function probeOddBodies(session: Session) {
  const { api, keys } = session.target;
  const faults: Fault[] = [];
  let asked = 0;
  const names = Object.keys(api.wire.operations).filter((name) => needsBody(session, name));
  for (const operation of names.slice(0, OPERATIONS_MAX)) {
    for (const text of ODD_BODIES) {
      const body = { kind: "text", text, contentType: "application/json" } as const;
      const request = sendable({ ...operationRequest(session.target, operation), body }, keys.main);
      faults.push(...faultIf(await session.ask(request), isNoRefusal, "a refusal, 400 to 499"));
      asked++;
    }
  }
  return findingOf(faults, asked, "an operation that takes a body with a field that must be there");
}

/** None of the odd bodies can be meant: all of them lack a field that must be there. */
function needsBody({ target: { api } }: Session, name: string): boolean {
  const schema = api.server.operations[name]?.body;
  if (schema === undefined) return false;
  const result = schema["~standard"].validate({});
  return !(result instanceof Promise) && result.issues !== undefined;
}

function isNoRefusal(status: number): boolean {
  return status < 400 || status >= 500;
}

function faultIf(
  exchange: Exchange,
  isWrong: (status: number) => boolean,
  expected: string,
): readonly Fault[] {
  const { answer, failure } = exchange;
  if (answer === undefined) return [{ exchange, expected, found: `no answer: ${failure}` }];
  return isWrong(answer.status) ? [{ exchange, expected, found: String(answer.status) }] : [];
}
