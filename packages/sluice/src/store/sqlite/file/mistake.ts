// A caller's mistake, told apart from a failure of the database.

/**
 * A command that cannot be done, found out before anything was written: its neighbours in the batch are not
 * touched. Anything else that is thrown takes the whole batch back.
 */
export class Mistake extends Error {}

/** Throws a {@link Mistake} unless the condition holds. */
export function require(condition: unknown, message: () => string): asserts condition {
  if (!condition) throw new Mistake(message());
}
