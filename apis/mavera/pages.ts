// Reads the pages of the contract, one Markdown file a code. It stands outside `contract/`, which runs
// wherever the web platform does, because it needs a disk.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("contract/pages/", import.meta.url);
const extension = ".md";

/**
 * The Markdown of every page, by code. That each code has one is not known before `defineApi` has looked:
 * it refuses to start over a page that is missing, and over one that no code has.
 */
export function readPages<Code extends string>(): Readonly<Record<Code, string>> {
  const files = readdirSync(folder).filter((name) => name.endsWith(extension));
  const pages = files.map((name) => [
    name.slice(0, -extension.length),
    readFileSync(new URL(name, folder), "utf8"),
  ]);
  return Object.fromEntries(pages) as Readonly<Record<Code, string>>;
}
