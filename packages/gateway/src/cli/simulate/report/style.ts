// What pictures and pages look like, without the comments: those are for whoever changes it.

import { styleSheet } from "../../../pages/style-sheet.ts";

/** @param what A page holds pictures, too. */
export function styleOf(what: "picture" | "page"): string {
  const own = what === "picture" ? ["picture"] : ["picture", "report"];
  const sheet = styleSheet(what, ...own);
  return sheet.replaceAll(/\/\*[\s\S]*?\*\/\s*/g, "");
}
