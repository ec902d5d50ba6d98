// A value put where a JSON pointer (RFC 6901) points, in a copy of what it points into.

export function withValueAt(into: object, pointer: string, value: unknown): object {
  const [, ...names] = pointer
    .split("/")
    .map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"));
  return put(into, names, value) as object;
}

function put(into: unknown, [name, ...others]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const members = typeof into === "object" && into !== null ? into : {};
  const inside: unknown = Reflect.get(members, name);
  if (Array.isArray(members)) return members.with(Number(name), put(inside, others, value));
  return { ...members, [name]: put(inside, others, value) };
}
