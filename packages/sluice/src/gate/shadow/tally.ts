/** What a shadow has come to: differences by kind, by operation and by account, and the calls that it did not judge. */
import type { Difference, DifferenceKind } from "./difference.ts";

/** Why a call was not judged. */
export type Missed =
  /** More calls were under way, or waited, than are looked at; or more bytes of bodies than are kept. */
  | "busy"
  /** Its limits or its funds took too long, or did not answer. */
  | "limits"
  | "funds"
  /** Something threw. */
  | "fault";

/** Calls, and credits that would have been charged more (or, below zero, less). */
export interface Sum {
  readonly calls: number;
  readonly credits: number;
}

export interface ShadowCounts {
  /** Calls that are under way, or wait to be judged. */
  readonly waiting: number;
  readonly judged: number;
  readonly missed: Readonly<Record<Missed, number>>;
  readonly byKind: Readonly<Record<DifferenceKind, Sum>>;
  /** By the name of the operation; "" for paths that are none. */
  readonly byOperation: readonly (Sum & {
    readonly operation: string;
    readonly kind: DifferenceKind;
  })[];
  /** Those of the first thousand accounts that differed; the others are one sum, without a name. */
  readonly byAccount: readonly (Sum & {
    readonly accountId: string | undefined;
    readonly kind: DifferenceKind;
  })[];
}

const ACCOUNTS_MAX = 1_000;

type Counter = { calls: number; credits: number };
const nothing = (): Counter => ({ calls: 0, credits: 0 });

export class ShadowTally {
  #judged = 0;
  readonly #missed: Record<Missed, number> = { busy: 0, limits: 0, funds: 0, fault: 0 };
  readonly #kinds: Record<DifferenceKind, Counter> = {
    newly_refused: nothing(),
    newly_passed: nothing(),
    refused_otherwise: nothing(),
    charged_otherwise: nothing(),
  };
  readonly #operations = new Map<string, Map<DifferenceKind, Counter>>();
  readonly #accounts = new Map<string | undefined, Map<DifferenceKind, Counter>>();

  judged(difference: Difference | undefined): void {
    this.#judged++;
    if (difference === undefined) return;
    const { kind, real, shadow, accountId, operation = "" } = difference;
    const credits = shadow.charged - real.charged;
    const isNamed = this.#accounts.has(accountId) || this.#accounts.size < ACCOUNTS_MAX;
    const whose = isNamed ? accountId : undefined;
    for (const sum of [
      this.#kinds[kind],
      counterIn(this.#operations, operation, kind),
      counterIn(this.#accounts, whose, kind),
    ]) {
      sum.calls++;
      sum.credits += credits;
    }
  }

  missed(why: Missed): undefined {
    this.#missed[why]++;
  }

  counts(waiting: number): ShadowCounts {
    return {
      waiting,
      judged: this.#judged,
      missed: { ...this.#missed },
      byKind: structuredClone(this.#kinds),
      byOperation: listed(this.#operations, "operation"),
      byAccount: listed(this.#accounts, "accountId"),
    };
  }
}

function counterIn<Name>(
  all: Map<Name, Map<DifferenceKind, Counter>>,
  name: Name,
  kind: DifferenceKind,
): Counter {
  const kinds = all.get(name) ?? new Map<DifferenceKind, Counter>();
  all.set(name, kinds);
  const sum = kinds.get(kind) ?? nothing();
  kinds.set(kind, sum);
  return sum;
}

/** Most calls first. */
function listed<Name, Label extends string>(
  all: Map<Name, Map<DifferenceKind, Counter>>,
  label: Label,
) {
  const rows = [...all].flatMap(([name, kinds]) =>
    [...kinds].map(([kind, sum]) => ({
      ...sum,
      kind,
      ...({ [label]: name } as Record<Label, Name>),
    })),
  );
  return rows.sort((a, b) => b.calls - a.calls);
}
