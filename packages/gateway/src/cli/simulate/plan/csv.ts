// The cells of one line of CSV (RFC 4180), but for line breaks in cells: no column of a log has any.

/** Undefined where a quote is not closed. */
export function cellsOf(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(",");
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (line[at] !== '"') {
      const end = endOf(line, at);
      cells.push(line.slice(at, end));
      if (end >= line.length) return cells;
      at = end + 1;
      continue;
    }
    const { text, end } = quoted(line, at + 1);
    if (end === undefined) return undefined;
    cells.push(text);
    if (end >= line.length) return cells;
    if (line[end] !== ",") return undefined;
    at = end + 1;
  }
}

function endOf(line: string, at: number): number {
  const comma = line.indexOf(",", at);
  return comma < 0 ? line.length : comma;
}

function quoted(line: string, from: number): { text: string; end: number | undefined } {
  let text = "";
  for (let at = from; at < line.length; at++) {
    if (line[at] !== '"') text += line[at];
    else if (line[at + 1] === '"') {
      text += '"';
      at++;
    } else return { text, end: at + 1 };
  }
  return { text, end: undefined };
}
