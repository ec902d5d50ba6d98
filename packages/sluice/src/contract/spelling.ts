/** From conditions to codes and back: the compiled form of a contract's `conditions` and `domain`. */
import type { Spelled, Spelling } from "./catalogue.ts";

/** The names of one condition's code, message and exceptions. */
interface Compiled {
  readonly spelled: Spelled<string, string>;
  readonly byOperation: ReadonlyMap<string, string>;
  readonly byField: ReadonlyMap<string, string>;
}

export class Spellings {
  readonly #byCondition = new Map<string, Compiled>();
  readonly #byCode = new Map<string, string[]>();

  constructor(conditions: Readonly<Record<string, Spelling<string, string>>>) {
    for (const [condition, spelling] of Object.entries(conditions)) {
      const spelled = typeof spelling === "string" ? { code: spelling } : spelling;
      const byOperation = new Map(
        Object.entries(spelled.operations ?? {}).flatMap(([operation, code]) =>
          code === undefined ? [] : [[operation, code] as const],
        ),
      );
      const byField = new Map(Object.entries(spelled.fields ?? {}));
      this.#byCondition.set(condition, { spelled, byOperation, byField });
      for (const code of [spelled.code, ...byOperation.values(), ...byField.values()]) {
        const known = this.#byCode.get(code) ?? [];
        if (!known.includes(condition)) known.push(condition);
        this.#byCode.set(code, known);
      }
    }
  }

  has(condition: string): boolean {
    return this.#byCondition.has(condition);
  }

  /** The code of a condition; a field's exception is narrower than an operation's. */
  codeOf(
    condition: string,
    operation: string | undefined,
    param: string | undefined,
  ): string | undefined {
    const compiled = this.#byCondition.get(condition);
    if (compiled === undefined) return undefined;
    return (
      (param === undefined ? undefined : compiled.byField.get(param)) ??
      (operation === undefined ? undefined : compiled.byOperation.get(operation)) ??
      compiled.spelled.code
    );
  }

  /** The message that a condition brings along for its own code; exceptions speak for themselves. */
  messageOf(condition: string, code: string): string | undefined {
    const spelled = this.#byCondition.get(condition)?.spelled;
    return spelled?.code === code ? spelled.message : undefined;
  }

  /** Every condition that a code can stand for, in declaration order. */
  conditionsOf(code: string): readonly string[] {
    return this.#byCode.get(code) ?? [];
  }
}
