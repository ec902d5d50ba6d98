/** Simulated refusals: what a test key gets is what the contract renders, so that callers can try all of them. */
import { type AnyApi, exampleFacts, SIMULATE } from "sluice";
import { refusalFault, wordsFault } from "../expected.ts";
import { type ApiPromise, type Fault, findingOf, notProvoked } from "../promise.ts";
import { freeReads, operationRequest, sendable } from "../requests.ts";
import type { Session } from "../session.ts";
import { isPossible } from "./refusals.ts";

export const simulationPromises: readonly ApiPromise[] = [
  {
    id: "simulation.codes",
    group: "Simulation",
    says: `A test key that asks for a code with ${SIMULATE} gets its refusal as the contract renders it.`,
    needs: [{ key: "test" }],
    isMade: ({ wire }) => wire.key.prefixes.test !== undefined,
    probe: probeCodes,
  },
  {
    id: "simulation.live",
    group: "Simulation",
    says: `${SIMULATE} means nothing with a live key.`,
    needs: [{ key: "main" }],
    isMade: ({ wire }) => wire.key.prefixes.test !== undefined,
    probe: probeLive,
  },
];

async function probeCodes(session: Session) {
  const { target } = session;
  const operation = readOf(session);
  if (operation === undefined) return notProvoked("an operation that reads and costs nothing");
  const faults: Fault[] = [];
  const codes = simulated(target.api);
  for (const { code, condition } of codes) {
    const entry = target.api.wire.codes[code];
    if (entry === undefined) continue;
    const headers = { [SIMULATE]: code };
    const request = { ...operationRequest(target, operation), headers };
    // How full a limit is depends on the key, so only what the example settles is compared.
    const { param, expected: right } = { ...exampleFacts(condition, entry) };
    const facts = { ...(param && { param }), ...(right && { expected: right }) };
    const wordsKnown = entry.example?.message === undefined;
    const expected = { condition, operation: undefined, facts, wordsKnown };
    const sent = sendable(request, target.keys.test);
    const exchange = await session.ask(sent, { expected });
    const fault = refusalFault(target.api.wire, exchange) ?? wordsFault(target.api.wire, exchange);
    if (fault !== undefined) faults.push(fault);
  }
  return findingOf(faults, codes.length);
}

/** What a code is simulated as: the first of its conditions, where that is spelled as the code wherever it happens. */
function simulated(api: AnyApi): readonly { code: string; condition: string }[] {
  const { codes, spellings } = api.wire;
  return Object.keys(codes).flatMap((code) => {
    const condition = spellings
      .conditionsOf(code)
      .find((one) => spellings.codeOf(one, undefined, undefined) === code && isPossible(api, one));
    const [first] = spellings.conditionsOf(code);
    return condition === undefined || condition !== first ? [] : [{ code, condition }];
  });
}

async function probeLive(session: Session) {
  const { target } = session;
  const operation = readOf(session);
  const [first] = simulated(target.api).filter(({ condition }) => condition === "internal");
  if (operation === undefined || first === undefined) return notProvoked("an operation that reads");
  const request = operationRequest(target, operation);
  const plain = await session.ask(sendable(request, target.keys.main));
  const asked = { ...request, headers: { [SIMULATE]: first.code } };
  const exchange = await session.ask(sendable(asked, target.keys.main));
  const [wanted, found] = [plain.answer?.status, exchange.answer?.status];
  const faults = wanted === found ? [] : [{ exchange, expected: `${wanted}`, found: `${found}` }];
  return findingOf(faults, 2);
}

function readOf({ target }: Session): string | undefined {
  return freeReads(target)[0];
}
