// Copies that nobody can change: what goes into a store stays as it was put, and what comes out is
// safe to keep.

/** A deep, frozen copy of plain data. */
export function frozenCopy<T>(value: T): T {
  return freeze(structuredClone(value));
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
