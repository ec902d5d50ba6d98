// What pictures and pages look like: two files of style, the first of which is enough for a picture alone.

import { readFileSync } from "node:fs";

/** @param what A page holds pictures, too. */
export function styleOf(what: "picture" | "page"): string {
  const names = what === "picture" ? ["picture"] : ["picture", "report"];
  return names.map(read).join("");
}

function read(name: string): string {
  const file = new URL(`../../../../docs-assets/${name}.css`, import.meta.url);
  // Comments are for whoever changes it.
  return readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/\s*/g, "");
}
