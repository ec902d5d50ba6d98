// A value that may be ready now: hot paths look before they await, since an await costs a turn even
// when nothing is pending.

/** A value, or a promise of one. */
export type Awaitable<T> = T | Promise<T>;

/** Whether the value still has to be awaited; any thenable counts, of whatever realm. */
export function isPromise<T>(value: Awaitable<T>): value is Promise<T> {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** Goes on with a value at once when it is there, later when it is a promise. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return isPromise(value) ? value.then(next) : next(value);
}
