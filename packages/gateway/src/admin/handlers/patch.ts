// A record with what a change says: what is left out stays, null takes away, anything else replaces.

/** May be replaced by a change; null takes away what need not be there. */
export type Patch<Row> = { readonly [K in keyof Row]?: Row[K] | null | undefined };

export function patched<Row extends object>(row: Row, patch: Patch<NoInfer<Row>>): Row {
  const merged = { ...row } as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else if (value !== undefined) merged[name] = value;
  }
  return merged as Row;
}

/** Without the members that are undefined or null: what is made of input that may lack some. */
export function present<T extends object>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined | null> } {
  const there = Object.entries(members).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(there) as { [K in keyof T]?: Exclude<T[K], undefined | null> };
}
