// Who is on which plan: what `sluice accounts list --all --json` writes, an account a line.

import { readFileSync } from "node:fs";
import type { PastAccount } from "sluice/sim";
import { CommandError, exitCodes } from "../../exit-codes.ts";

export function accountsIn(file: string): ReadonlyMap<string, PastAccount> {
  const accounts = new Map<string, PastAccount>();
  for (const [at, line] of textOf(file).split("\n").entries()) {
    if (line.trim() === "") continue;
    const { id, plan, overrides } = parsed(line);
    if (typeof id !== "string" || typeof plan !== "string") {
      throw new CommandError(
        `${file}, line ${at + 1} is no account. Write it anew: sluice accounts list --all --json > ${file}`,
        exitCodes.refused,
      );
    }
    const more = overrides && typeof overrides === "object" ? { overrides } : {};
    accounts.set(id, { plan, ...more });
  }
  return accounts;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CommandError(
      `${file} cannot be read. Write it: sluice accounts list --all --json > ${file}`,
      exitCodes.notThere,
    );
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
