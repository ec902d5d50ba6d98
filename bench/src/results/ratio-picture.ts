// The first column of a table as a picture: a bar for each row, with the spread of its rounds.

import { bars } from "../pictures.ts";
import type { Table } from "./table.ts";

/** @param x what the figures are multiples of. */
export function ratioPicture({ title, columns, rows }: Table, x: string): string {
  const all = rows.flatMap(({ name, side, cells: [cell] }) => {
    if (cell?.value === undefined || cell.rounds === undefined) return [];
    const [least, most] = [Math.min(...cell.rounds), Math.max(...cell.rounds)];
    return [{ name, isOurs: side === "ours", value: cell.value, least, most }];
  });
  return bars({ title, x: `${columns[0]?.heading ?? ""}: ${x}` }, all);
}
