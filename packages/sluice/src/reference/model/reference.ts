/** The whole of what there is to say about an API, as data: what every document is written from. */
import { type About, type AnyApi, helpUrl } from "../../contract/index.ts";
import { type CodeReference, codeReference } from "./code.ts";
import { type EnvelopeMember, membersOf } from "./envelope-members.ts";
import { type OperationReference, operationReference } from "./operation.ts";
import { type PossibleRefusal, refusalsOfNoOperation } from "./possible.ts";
import { baseUrlOf, originOf } from "./request.ts";
import { statusWords } from "./statuses.ts";
import { environmentName } from "./words.ts";

export interface Reference {
  readonly api: AnyApi;
  readonly about: About;
  readonly origin: string;
  /** Origin and base path. */
  readonly baseUrl: string;
  /** `MAVERA_API_KEY`. */
  readonly keyVariable: string;
  /** In the order of the catalogue. */
  readonly codes: readonly CodeReference[];
  readonly operations: readonly OperationReference[];
  /** Refusals that belong to no operation. */
  readonly atNone: readonly PossibleRefusal[];
  readonly envelope: readonly EnvelopeMember[];
  /** Success and failure, in order. */
  readonly statuses: readonly StatusReference[];
}

export interface StatusReference {
  readonly status: number;
  readonly phrase: string;
  readonly means: string;
  readonly codes: readonly string[];
}

export function referenceOf(api: AnyApi): Reference {
  const { about, codes, operations, envelope } = api.wire;
  const described = Object.keys(operations).map((name) => operationReference(api, name));
  return {
    api,
    about,
    origin: originOf(api),
    baseUrl: baseUrlOf(api),
    keyVariable: environmentName(about.title),
    codes: Object.keys(codes).map((code) => codeReference(api, code)),
    operations: described,
    atNone: refusalsOfNoOperation(api),
    envelope: membersOf(envelope),
    statuses: statusesOf(api, described),
  };
}

function statusesOf(
  { wire }: AnyApi,
  operations: readonly OperationReference[],
): readonly StatusReference[] {
  const failures = Object.values(wire.codes).map(({ status }) => status);
  const successes = operations.map(({ successStatus }) => successStatus);
  const all = [...new Set([...successes, ...failures])].toSorted((a, b) => a - b);
  return all.map((status) => {
    const codes = Object.entries(wire.codes).filter(([, entry]) => entry.status === status);
    return { status, ...statusWords(status), codes: codes.map(([code]) => code) };
  });
}

/** The address of a code's page, as refusals give it; undefined where the API has no documents. */
export function addressOf({ wire }: AnyApi, code: string): string | undefined {
  return wire.about.docs === undefined ? undefined : helpUrl(wire, code);
}
