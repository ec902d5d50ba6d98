// `sluice check --against`: what changed since an old contract, and `--freeze`, which keeps what there is now for later.

import type { AnyApi } from "sluice";
import { changesBetween, changesText, summaryOf } from "../../check/index.ts";
import { exitCodes } from "../exit-codes.ts";
import { say } from "../say.ts";
import { oldSummary } from "./old-contract.ts";
import { writeReport } from "./write-report.ts";

export async function checkAgainst(api: AnyApi, old: string, asJson: boolean): Promise<void> {
  const changes = changesBetween(await oldSummary(old), summaryOf(api));
  const json = () => `${JSON.stringify({ changes }, undefined, 2)}\n`;
  process.stdout.write(asJson ? json() : changesText(changes));
  const isBroken = changes.some(({ severity }) => severity === "breaking");
  process.exitCode = isBroken ? exitCodes.found : exitCodes.fine;
}

export function freeze(api: AnyApi, file: string): void {
  const summary = summaryOf(api);
  writeReport(file, `${JSON.stringify(summary, undefined, 2)}\n`);
  const [codes, operations] = [summary.codes, summary.operations].map((all) => Object.keys(all));
  say(`${file} is written: ${codes?.length} codes, ${operations?.length} operations.`);
}
