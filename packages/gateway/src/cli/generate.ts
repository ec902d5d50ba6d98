// `sluice generate`: files for callers in other languages, and for scanners, written from a contract.

import { writeFileSync } from "node:fs";
import { type AnyApi, nearestName } from "sluice";
import { pythonHandler } from "sluice/reference";
import { StartError } from "../start-error.ts";
import type { Values } from "./arguments.ts";
import { contractOf } from "./contract-of.ts";
import { generateLeakKit } from "./generate-leaks.ts";
import { say } from "./say.ts";

/** Each writes to a place, or to standard output where none is named. */
const writers = { python: generatePython, leaks: generateLeakKit } as const;

function isKnown(what: string): what is keyof typeof writers {
  return Object.hasOwn(writers, what);
}

export async function generate({ out }: Values, [what = "", contract = "."]: readonly string[]) {
  if (!isKnown(what)) {
    const names = Object.keys(writers);
    const near = nearestName(what, names);
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    throw new StartError(
      `sluice generate writes ${names.join(", ")}, and not "${what}".${meant}` +
        ` Write: sluice generate ${near ?? "python"} <contract>`,
    );
  }
  writers[what](await contractOf(contract), out);
}

function generatePython(api: AnyApi, out: string | undefined): void {
  const text = pythonHandler(api);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${out} cannot be written (${reason}): name another file behind --out.`);
  }
  say(`${out} is written: ${text.split("\n").length - 1} lines.`);
}
