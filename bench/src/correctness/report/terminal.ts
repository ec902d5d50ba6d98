/** The rows as somebody at a terminal reads them: each promise, and under it who kept it. */
import type { Played } from "../conductor.ts";
import { sign } from "./marks.ts";

export function printed(rows: readonly Played[]): string {
  return rows.map(rowText).join("");
}

function rowText({ row, findings }: Played): string {
  const width = Math.max(...[...findings.keys()].map((name) => name.length));
  const lines = [...findings].map(([name, found]) =>
    `  ${sign(found)} ${name.padEnd(width)}  ${found?.did ?? ""}`.trimEnd(),
  );
  return `\n${row.name}: ${row.asked}\n${lines.join("\n")}\n`;
}
