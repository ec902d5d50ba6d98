// `sluice generate`: files for callers in other languages, written from a contract.

import { writeFileSync } from "node:fs";
import { pythonHandler } from "sluice/reference";
import { StartError } from "../start-error.ts";
import type { TypedFor } from "./command/commands.ts";
import { contractOf } from "./contract-of.ts";
import { say } from "./say.ts";

/** To a file, or to standard output where none is named. */
export async function generatePython({ out, words }: TypedFor<"generate python">): Promise<void> {
  const [contract = "."] = words;
  const text = pythonHandler(await contractOf(contract));
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
