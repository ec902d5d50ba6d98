/** Settings that are numbers: defaults filled in, and what cannot work refused where it was written. */

/**
 * @param what whose settings, for the message.
 * @param mayBeZero the settings for which zero means something; every other one must be above it.
 * @throws RangeError for a name that nothing reads and for a number that nothing can use.
 */
export function numbers<Name extends string>(
  what: string,
  defaults: Readonly<Record<Name, number>>,
  given: Readonly<Partial<Record<Name, number>>>,
  mayBeZero: readonly NoInfer<Name>[] = [],
): Readonly<Record<Name, number>> {
  const all: Record<Name, number> = { ...defaults };
  for (const [name, value] of Object.entries(given) as [Name, number | undefined][]) {
    insist(Object.hasOwn(defaults, name), `${what}.${name}: there is no such setting`);
    if (value === undefined) continue;
    insist(
      Number.isFinite(value) && (value > 0 || (value === 0 && mayBeZero.includes(name))),
      `${what}.${name}: ${value} is not usable`,
    );
    all[name] = value;
  }
  return all;
}

/** A mistake of whoever wrote the settings, told to them at once. */
export function insist(holds: boolean, message: string): asserts holds {
  if (!holds) throw new RangeError(message);
}
