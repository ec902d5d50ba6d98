// What must never happen: an invariant that breaks is our bug, so it throws. A caller's mistake is
// a refusal, not this.

/** Our own bug: something that the code relies on was not true. */
export class InvariantError extends Error {
  override readonly name: string = "InvariantError";
}

/**
 * Throws an {@link InvariantError} unless the condition holds.
 * A message that costs something to build can be a function: it runs only on failure.
 */
export function assert(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new InvariantError(typeof message === "string" ? message : message());
}

/**
 * The end of an exhaustive switch: does not compile while a case is missing, throws if data lies
 * about its type.
 */
export function unreachable(value: never): never {
  throw new InvariantError(`Unreachable case: ${describe(value)}`);
}

function describe(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return String(value);
  }
}
