/** Changes of a record that others change too, in other processes as well: none is lost. */
import { assert } from "../base/index.ts";

/** Each time somebody else was quicker; more often than that in a row is no accident. */
const TRIES_MAX = 20;

/**
 * Reads a record, makes another one of it and puts it in its place: once more for as long as `change` answers undefined, because
 * the directory has answered that another one stands there now. Throws when that does not end.
 * @example
 * await untilPut(async () => {
 *   const before = await directory.key(id);
 *   if (before === undefined) return "unknown";
 *   const isPut = await directory.putKey({ ...before, name }, change, before);
 *   return isPut ? "renamed" : undefined;
 * });
 */
export async function untilPut<T>(change: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const done = await change();
    if (done !== undefined) return done;
  }
  assert(false, () => `others changed the record ${TRIES_MAX} times meanwhile: try again later`);
}
