// An expected no is a value, never an exception: whoever calls must look at it, and it costs no
// stack trace.

/** The yes, with what it gives. */
export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

/** The expected no, with the reason. */
export interface Refused<No> {
  readonly ok: false;
  readonly no: No;
}

/** Done or refused, told apart by `ok`. */
export type Outcome<T, No> = Done<T> | Refused<No>;

/** It went through. */
export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

/** It was refused, and this is why. */
export function refused<No>(no: No): Refused<No> {
  return { ok: false, no };
}
