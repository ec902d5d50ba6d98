/** Credits: a refusal costs nothing, and a success what the contract says. */
import type { AnyApi } from "sluice";
import { type Exchange, isDone, isRefused, parsedOf } from "../exchange.ts";
import { type ApiPromise, findingOf, notProvoked } from "../promise.ts";
import { operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import { NO_USAGE, readUsage } from "../usage.ts";

/** Before anything else is asked, so that there is something to compare with. */
export const usageAtStart: ApiPromise = {
  id: "credits.usage",
  group: "Credits",
  says: "The account's usage can be read.",
  needs: [{ key: "main" }, "usage"],
  isMade: hasPrices,
  async probe(session) {
    const usage = await session.remember("usage", () => readUsage(session));
    return usage === undefined ? notProvoked(NO_USAGE) : findingOf([], 1);
  },
};

/** After every refusal that was provoked, and before anything that succeeds. */
export const refusalsFree: ApiPromise = {
  id: "credits.refusals-free",
  group: "Credits",
  says: "A refused request is not charged.",
  needs: [{ key: "main" }, "usage"],
  isMade: hasPrices,
  async probe(session) {
    const before = await session.remember("usage", () => readUsage(session));
    const refusals = session.exchanges.filter(
      (one) => isRefused(one) && isPricedCall(session, one),
    );
    const after = await readUsage(session);
    if (before === undefined || after === undefined) return notProvoked(NO_USAGE);
    const exchange = refusals.at(-1);
    const found = `${after}, after ${refusals.length} refusals of operations that cost`;
    const faults = before === after ? [] : [{ exchange, expected: `usage stays ${before}`, found }];
    return findingOf(faults, refusals.length, "a refusal of an operation that costs");
  },
};

export const chargedRight: ApiPromise = {
  id: "credits.charged",
  group: "Credits",
  says: "A success is charged what the contract says: its price, or at most as much.",
  needs: [{ key: "main" }, { may: "spend" }, { may: "write" }, "usage"],
  isMade: hasPrices,
  probe: probeCharge,
};

function hasPrices({ server }: AnyApi): boolean {
  return Object.values(server.operations).some(({ price }) => price !== undefined);
}

/** By the key whose account's usage is read. */
function isPricedCall(session: Session, { expected, request }: Exchange): boolean {
  const { main = "" } = session.target.keys;
  const isOwn = Object.values(request.headers).some((value) => value.includes(main));
  return isOwn && isPriced(session, expected?.operation);
}

function isPriced({ target }: Session, operation = ""): boolean {
  return target.api.server.operations[operation]?.price !== undefined;
}

async function probeCharge(session: Session) {
  const { api, keys } = session.target;
  const names = Object.keys(api.server.operations)
    .filter((name) => isPriced(session, name) && !api.server.operations[name]?.detaches)
    .toSorted((a, b) => mostOf(api, a) - mostOf(api, b));
  let refused = "an operation that costs and is done when it is answered";
  for (const operation of names.filter((name) => Number.isFinite(mostOf(api, name)))) {
    const before = await readUsage(session);
    const exchange = await session.ask(
      sendable(operationRequest(session.target, operation), keys.main),
    );
    const after = await readUsage(session);
    if (before === undefined || after === undefined) return notProvoked(NO_USAGE);
    if (!isDone(exchange)) {
      refused = `an operation that costs and works: ${operation} was answered ${parsedOf(api.wire, exchange)?.code}`;
      continue;
    }
    const charged = Math.abs(after - before);
    const most = mostOf(api, operation);
    const isFixed = api.server.operations[operation]?.price?.kind === "fixed";
    const isRight = isFixed ? charged === most : charged <= most;
    const expected = `${operation} is charged ${isFixed ? "" : "at most "}${most}`;
    return findingOf(isRight ? [] : [{ exchange, expected, found: String(charged) }], 1);
  }
  return notProvoked(refused);
}

/** Not known beforehand where a quote says it. */
function mostOf({ server }: AnyApi, operation: string): number {
  const price = server.operations[operation]?.price;
  return price === undefined || price.kind === "quote" ? Number.POSITIVE_INFINITY : price.credits;
}
