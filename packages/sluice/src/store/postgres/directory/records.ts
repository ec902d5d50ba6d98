// Records on their way to and from their columns.

export function parsed<T>(text: string | null | undefined): T | undefined {
  return text === null || text === undefined ? undefined : (JSON.parse(text) as T);
}

/** JSON knows no NaN and no Infinity, and would quietly make them null. */
export function textOf(record: unknown): string {
  return JSON.stringify(record, (name, value: unknown) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new Error(`"${name}" is ${String(value)}, which a record cannot hold`);
  });
}
