// From rows back to the things that were put in.

/** Believed as they are: nobody but this program writes into its own file. */
export function thingsIn<T>(rows: readonly Readonly<Record<string, unknown>>[]): readonly T[] {
  return rows.map((row) => JSON.parse(String(row["record"])) as T);
}
