// `sluice generate leaks`: what scanners must know to find leaked keys of an API.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { leakKit } from "sluice/reference";
import { StartError } from "../start-error.ts";
import { contractOf } from "./contract-of.ts";
import { say } from "./say.ts";

/** @param folder made where there is none; without one, all files go to standard output, each under its name. */
export async function generateLeaks(contract = ".", folder?: string): Promise<void> {
  const files = leakKit(await contractOf(contract));
  if (folder === undefined) {
    process.stdout.write(files.map(({ name, text }) => `==> ${name} <==\n${text}`).join("\n"));
    return;
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `${folder} cannot be written (${reason}): name another folder behind --out.`,
    );
  }
  say(`${folder} has ${files.map(({ name }) => name).join(", ")}.`);
}
