// What documents show of files: a block of code that names its file ("```ts examples/ky/ask.ts") is a piece of it, whole
// lines in their order, moved to the left where it stands deeper there.

import { lineAt, type Violation } from "./source.ts";

export interface Document {
  readonly path: string;
  readonly text: string;
  /** Whether each of its blocks of TypeScript has to name a file. */
  readonly isStrict: boolean;
}

const BLOCK = /^```(\w+)(?: +(\S+))?[^\n]*\n(.*?)^```$/gms;

/** @param read the text of a file of the repository; undefined where there is none. */
export function showsWhatIsNowhere(
  documents: readonly Document[],
  read: (path: string) => string | undefined,
): Violation[] {
  return documents.flatMap(({ path, text, isStrict }) =>
    [...text.matchAll(BLOCK)].flatMap((block) => {
      const [, language = "", name = "", code = ""] = block;
      const at = `${path}:${lineAt(text, block.index)}`;
      if (!name.includes("/")) {
        const mustName = isStrict && /^tsx?$/.test(language);
        return mustName
          ? [`${at} shows code of nowhere: name its file behind \`\`\`${language}`]
          : [];
      }
      const file = read(name);
      if (file === undefined)
        return [`${at} names ${name}, and there is none: name the file it is in`];
      const stands = standsIn(file.split("\n"), code.trimEnd().split("\n"));
      return stands ? [] : [`${at} does not stand in ${name}: copy the lines from there`];
    }),
  );
}

/** As the first line is indented, so are all. */
function standsIn(lines: readonly string[], shown: readonly string[]): boolean {
  return lines.some((first, start) => {
    const indent = /^ */.exec(first)?.[0] ?? "";
    return shown.every((line, i) => lines[start + i] === (line === "" ? "" : indent + line));
  });
}
