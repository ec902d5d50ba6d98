/** Idempotency keys: the same answer again and marked, another request refused, nothing done twice. */
import { type AnyApi, IDEMPOTENCY_KEY, REPLAYED } from "sluice";
import { toHex } from "sluice/base";
import { type CheckRequest, type Exchange, headerOf, isDone, parsedOf } from "../exchange.ts";
import { refusalFault } from "../expected.ts";
import { type ApiPromise, type Fault, type Finding, findingOf, notProvoked } from "../promise.ts";
import { accepts, operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import { NO_USAGE, readUsage } from "../usage.ts";

const needs = [{ key: "main" }, { may: "write" }] as const;

const promises: readonly Pick<ApiPromise, "id" | "says" | "needs" | "probe">[] = [
  {
    id: "idempotency.replay",
    says: `A request that comes again with its ${IDEMPOTENCY_KEY} gets the same answer, marked as repeated.`,
    needs,
    probe: (session) => judged(session, replayFaults),
  },
  {
    id: "idempotency.reused",
    says: `An ${IDEMPOTENCY_KEY} that comes with another body is refused.`,
    needs,
    probe: (session) => judged(session, (run) => reusedFaults(session, run)),
  },
  {
    id: "idempotency.at-once",
    says: "Two that come at once with one key are never both done.",
    needs,
    probe: (session) => judged(session, (run) => atOnceFaults(session, run)),
  },
  {
    id: "idempotency.charged-once",
    says: "A repeated answer is not charged again.",
    needs: [...needs, { may: "spend" } as const, "usage" as const],
    probe: (session) =>
      judged(session, ({ usage: [first, second], again }) => {
        if (first === undefined || second === undefined) return NO_USAGE;
        if (first === second) return [];
        return [{ exchange: again, expected: `usage stays ${first}`, found: String(second) }];
      }),
  },
];

export const idempotencyPromises: readonly ApiPromise[] = promises.map((promise) => ({
  ...promise,
  group: "Idempotency",
  isMade: takesKeys,
}));

function takesKeys({ wire }: AnyApi): boolean {
  return Object.values(wire.operations).some(({ idempotency }) => idempotency);
}

interface Run {
  readonly operation: string;
  readonly first: Exchange;
  readonly again: Exchange;
  readonly other: Exchange | undefined;
  readonly atOnce: readonly Exchange[];
  /** Of the account, before and after it came again. */
  readonly usage: readonly [number | undefined, number | undefined];
}

async function judged(
  session: Session,
  judge: (run: Run) => readonly Fault[] | string,
): Promise<Finding> {
  const run = await session.remember("idempotency", () => runOnce(session));
  if (typeof run === "string") return notProvoked(run);
  const faults = judge(run);
  return typeof faults === "string" ? notProvoked(faults) : findingOf(faults, 2);
}

/** Text where no operation that takes a key works. */
async function runOnce(session: Session): Promise<Run | string> {
  const { api, may } = session.target;
  const names = Object.keys(api.wire.operations)
    .filter((name) => api.wire.operations[name]?.idempotency)
    .filter((name) => may.has("spend") || api.server.operations[name]?.price === undefined)
    .toSorted((a, b) => rank(api, a) - rank(api, b));
  if (names.length === 0) return "--spend: every operation that takes an idempotency key costs";
  let refused = "";
  for (const operation of names) {
    const request = keyed(session, operation);
    const first = await session.ask(request);
    if (!isDone(first)) {
      const code = parsedOf(api.wire, first)?.code ?? first.answer?.status;
      refused ||= `an operation that takes an idempotency key and works: ${operation} was answered ${code}`;
      continue;
    }
    const before = await readUsage(session);
    const again = await session.ask(request);
    const after = await readUsage(session);
    const changed = otherBody(session, operation, request);
    const other = changed && (await session.ask(changed));
    const fresh = keyed(session, operation, 1);
    const atOnce = await Promise.all([session.ask(fresh), session.ask(fresh)]);
    return { operation, first, again, other, atOnce, usage: [before, after] };
  }
  return refused;
}

/** What costs shows more. Jobs go on after their answer, so they are started only where nothing else takes keys. */
function rank({ server }: AnyApi, name: string): number {
  const { price, detaches } = server.operations[name] ?? {};
  if (detaches !== undefined) return Number.MAX_SAFE_INTEGER;
  return price === undefined ? 1_000_000_000 : price.kind === "quote" ? 999_999_999 : price.credits;
}

function keyed(session: Session, operation: string, variant = 0): CheckRequest {
  const { target, random } = session;
  const key = `check-${toHex(random.bytes(12))}`;
  const request = operationRequest(target, operation);
  const sent = sendable({ ...request, headers: { [IDEMPOTENCY_KEY]: key } }, target.keys.main);
  return variant === 0 ? sent : (otherBody(session, operation, sent) ?? sent);
}

/** The same request with another text in it that is as good. */
function otherBody(
  { target }: Session,
  operation: string,
  request: CheckRequest,
): CheckRequest | undefined {
  const schema = target.api.server.operations[operation]?.body;
  if (request.body?.kind !== "text" || schema === undefined) return undefined;
  const body = JSON.parse(request.body.text) as Record<string, unknown>;
  for (const [name, value] of Object.entries(body)) {
    if (typeof value !== "string" && typeof value !== "number") continue;
    const other = { ...body, [name]: typeof value === "string" ? `${value} again` : value + 1 };
    if (!accepts(schema, other)) continue;
    return { ...request, body: { kind: "text", text: JSON.stringify(other) } };
  }
  return undefined;
}

function replayFaults({ first, again }: Run): readonly Fault[] {
  const [one, two] = [first.answer, again.answer];
  if (
    one === undefined ||
    two === undefined ||
    one.status !== two.status ||
    one.body !== two.body
  ) {
    const expected = `the first answer again: ${one?.status} ${one?.body.slice(0, 200)}`;
    return [{ exchange: again, expected, found: two === undefined ? "none" : "another answer" }];
  }
  const mark = headerOf(two, REPLAYED);
  if (mark === "true") return [];
  return [{ exchange: again, expected: `${REPLAYED}: true`, found: mark ?? "none" }];
}

function reusedFaults({ target }: Session, { operation, other }: Run): readonly Fault[] | string {
  if (other === undefined) return "a body with a text or a number that can be changed";
  const condition = "idempotency_key_reused";
  const expected = { condition, operation, facts: {}, wordsKnown: true };
  const fault = refusalFault(target.api.wire, { ...other, expected });
  return fault === undefined ? [] : [fault];
}

function atOnceFaults({ target }: Session, { atOnce }: Run): readonly Fault[] {
  const done = atOnce.filter(isDone);
  const fresh = done.filter(({ answer }) => answer && headerOf(answer, REPLAYED) === undefined);
  const bodies = new Set(done.map(({ answer }) => answer?.body));
  if (fresh.length > 1 && bodies.size > 1) {
    return [{ exchange: fresh[1], expected: "one that is done", found: "two that are done" }];
  }
  const { wire } = target.api;
  return atOnce
    .filter((one) => !isDone(one))
    .filter((one) => !parsedOf(wire, one)?.conditions.includes("request_in_progress"))
    .map((exchange) => {
      const code = wire.spellings.codeOf("request_in_progress", undefined, undefined);
      return {
        exchange,
        expected: `${code}, or the answer`,
        found: String(exchange.answer?.status),
      };
    });
}
