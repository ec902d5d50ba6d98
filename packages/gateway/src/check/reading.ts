/** An operation that can be called at will: it reads, costs nothing, and works with the main key. */
import { type CheckRequest, type Exchange, isDone } from "./exchange.ts";
import { freeReads, operationRequest, sendable } from "./requests.ts";
import type { Session } from "./session.ts";

export interface Reading {
  readonly operation: string;
  readonly request: CheckRequest;
  readonly exchange: Exchange;
}

const TRIED_MAX = 5;

/** What a promise that needs one asks for where there is none. */
export const NO_READING =
  "an operation that reads, costs nothing and answers 2xx (perhaps --param <name>=<id> helps)";

/** Found once in a run; undefined where no operation that reads answers. */
export function readingOf(session: Session): Promise<Reading | undefined> {
  return session.remember("reading", async () => {
    const { target } = session;
    for (const operation of freeReads(target).slice(0, TRIED_MAX)) {
      const request = sendable(operationRequest(target, operation), target.keys.main);
      const exchange = await session.ask(request);
      if (isDone(exchange)) return { operation, request, exchange };
    }
    return undefined;
  });
}
