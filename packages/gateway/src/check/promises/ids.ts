/** Request ids: on every answer, one for each, and never the caller's own. */
import { REQUEST_ID } from "sluice";
import { headerOf } from "../exchange.ts";
import { type ApiPromise, findingOf } from "../promise.ts";
import { freeReads, operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import { isAnswered } from "./errors.ts";

/** What can stand in a log, a header and a letter to support. */
const ID = /^[\x21-\x7e]{8,128}$/;
const CALLERS_OWN = "chosen-by-the-caller-0001";

/** Seen in all answers of a run. */
export const idPromises: readonly ApiPromise[] = [
  {
    id: "ids.present",
    group: "Request ids",
    says: `Every answer carries ${REQUEST_ID}, 8 to 128 characters without spaces.`,
    needs: [],
    probe({ exchanges }) {
      const seen = exchanges.filter(isAnswered);
      const faults = seen.flatMap((exchange) => {
        const found = headerOf(exchange.answer, REQUEST_ID);
        if (found !== undefined && ID.test(found)) return [];
        return [{ exchange, expected: `the header ${REQUEST_ID}`, found: found ?? "none" }];
      });
      return findingOf(faults, seen.length);
    },
  },
  {
    id: "ids.unique",
    group: "Request ids",
    says: "No two answers carry the same request id.",
    needs: [],
    probe({ exchanges }) {
      const known = new Set<string>();
      const faults = exchanges.filter(isAnswered).flatMap((exchange) => {
        const id = headerOf(exchange.answer, REQUEST_ID);
        if (id === undefined) return [];
        if (!known.has(id)) {
          known.add(id);
          return [];
        }
        return [{ exchange, expected: "an id that no other answer has", found: `${id}, again` }];
      });
      return findingOf(faults, known.size);
    },
  },
];

export const ownId: ApiPromise = {
  id: "ids.own",
  group: "Request ids",
  says: "The id is the API's own: a caller cannot choose it.",
  needs: [],
  probe: probeOwn,
};

async function probeOwn(session: Session) {
  const { target } = session;
  const [operation = Object.keys(target.api.wire.operations)[0] ?? ""] = freeReads(target);
  const request = operationRequest(target, operation);
  const headers = { ...request.headers, [REQUEST_ID]: CALLERS_OWN };
  const exchange = await session.ask(sendable({ ...request, headers }, target.keys.main));
  const found = exchange.answer && headerOf(exchange.answer, REQUEST_ID);
  if (found === undefined) return findingOf([], 0, `an answer with ${REQUEST_ID}`);
  const isTheirs = found === CALLERS_OWN;
  const faults = isTheirs ? [{ exchange, expected: "an id of the API's own", found }] : [];
  return findingOf(faults, 1);
}
