/** Links to the codes that conditions are spelled as. */
import { linkTo, pathOfCode } from "../model/addresses.ts";
import type { Reference } from "../model/reference.ts";
import { listed } from "../model/words.ts";
import { code, link } from "./markdown.ts";

/** In the order of the catalogue: `a`, `b` or `c`. */
export function codesOf(
  { codes }: Reference,
  from: string,
  conditions: readonly string[],
  last = "or",
): string {
  const own = codes.filter(({ causes }) =>
    causes.some(({ condition }) => conditions.includes(condition)),
  );
  return listed(
    own.map((one) => link(code(one.code), linkTo(from, pathOfCode(one.code)))),
    last,
  );
}
