// The suite's own assertions, so that it runs under any test runner.

import { type Awaitable, systemClock } from "../../base/index.ts";

/** A store does not do what its port says. */
export class ConformanceError extends Error {
  override readonly name: string = "ConformanceError";
}

/** Throws unless the condition holds. */
export function check(condition: unknown, message: string | (() => string)): asserts condition {
  if (condition) return;
  throw new ConformanceError(typeof message === "string" ? message : message());
}

/** Throws unless both are the same plain data; a member that is undefined counts as absent. */
export function equal(actual: unknown, expected: unknown, what: string | (() => string)): void {
  if (same(actual, expected)) return;
  const name = typeof what === "string" ? what : what();
  throw new ConformanceError(`${name}: expected ${show(expected)}, got ${show(actual)}`);
}

/** Throws unless the call throws, now or by its promise. */
export async function throws(call: () => Awaitable<unknown>, what: string): Promise<void> {
  try {
    await call();
  } catch {
    return;
  }
  throw new ConformanceError(`${what}: should have thrown`);
}

/** Waits for what a store may do a little later; the first value that is not undefined. */
export async function eventually<T>(
  look: () => Awaitable<T | undefined>,
  what: string,
): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await systemClock.sleep(5);
  }
  throw new ConformanceError(`${what}: did not happen within two seconds`);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const name in left) if (!same(left[name], right[name])) return false;
  for (const name in right) if (right[name] !== undefined && left[name] === undefined) return false;
  return true;
}

function show(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) =>
      member === Number.POSITIVE_INFINITY ? "Infinity" : member,
    ) ?? String(value)
  );
}
