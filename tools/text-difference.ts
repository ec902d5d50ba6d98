// Where two texts begin to be different, with the lines around, for people.

const AROUND = 3;
const SHOWN = 12;

/** Undefined where they are the same. */
export function firstDifference(approved: string, found: string): string | undefined {
  if (approved === found) return undefined;
  const [before, after] = [approved.split("\n"), found.split("\n")];
  let at = 0;
  while (before[at] === after[at]) at++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - at;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const shown = (mark: string, lines: readonly string[]) =>
    [
      ...lines.slice(0, SHOWN).map((line) => `${mark} ${line}`),
      ...(lines.length > SHOWN ? [`${mark} … ${lines.length - SHOWN} lines more`] : []),
    ].join("\n");
  return [
    `line ${at + 1}:`,
    shown(" ", before.slice(Math.max(0, at - AROUND), at)),
    shown("-", before.slice(at, before.length - tail)),
    shown("+", after.slice(at, after.length - tail)),
  ]
    .filter(Boolean)
    .join("\n");
}
