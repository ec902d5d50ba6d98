// Plain data that nobody can change: what was checked or stored once stays what it was.

/** Freezes plain objects and arrays all the way down; instances of classes (schemas, say) are let be. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    return value;
  }
  Object.freeze(value);
  for (const member of Object.values(value)) freezeDeep(member);
  return value;
}

/** A deep, frozen copy of plain data. Throws for what is no data. */
export function frozenCopy<T>(value: T): T {
  return freezeDeep(copyOf(value)) as T;
}

/** Objects and lists by hand, which is many times quicker; what is more than that as the platform copies it. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value === "object" && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype) return structuredClone(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, copyOf(member)]),
    );
  }
  return typeof value === "function" || typeof value === "symbol" ? structuredClone(value) : value;
}
