/** A change of a contract, and how much it asks of those who call the API. */

/**
 * `breaking`: programs that were right go wrong; `careful`: programs that were careful do not; `fine`: nobody has to do
 * anything.
 */
export const SEVERITIES = ["breaking", "careful", "fine"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Change {
  readonly severity: Severity;
  /** Where in the contract: `codes.rate_limited.status`. */
  readonly at: string;
  readonly what: string;
  readonly advice: string;
}

export function breaking(at: string, what: string, advice: string): Change {
  return { severity: "breaking", at, what, advice };
}

export function careful(at: string, what: string, advice: string): Change {
  return { severity: "careful", at, what, advice };
}

export function fine(at: string, what: string): Change {
  return { severity: "fine", at, what, advice: "nothing to do" };
}

export function removedFrom(old: object, now: object): readonly string[] {
  return Object.keys(old).filter((name) => !Object.hasOwn(now, name));
}

export function commonTo<T>(
  old: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
): readonly (readonly [name: string, before: T, after: T])[] {
  return Object.entries(old).flatMap(([name, before]) => {
    const after = now[name];
    return after === undefined ? [] : [[name, before, after] as const];
  });
}
