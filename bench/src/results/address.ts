// How one row is asked for: `table/row`, which `--only` takes for exactly that row, and the command that measures it alone.

export function addressOf(table: string, row: string): string {
  return `${table}/${row}`;
}

/** @param command as npm knows it: `bench:gate`. */
export function rerunOf(command: string, table: string, row: string): string {
  return `npm run ${command} -- --only ${quoted(addressOf(table, row))}`;
}

/** As a shell reads one word. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\$`]/g, "\\$&")}"`;
}

/** Whether `--only` has asked for a row: by its address, as one of `table/`, or by any text that belongs to it. */
export function isAskedFor(asked: readonly string[], text: string, address: string): boolean {
  return asked.some(
    (one) =>
      one === address || (one.endsWith("/") && address.startsWith(one)) || text.includes(one),
  );
}
