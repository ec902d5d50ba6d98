// `sluice simulate plan`: a request log under another contract, before customers are.

import { basename } from "node:path";
import { PlanReplay, type PlanResult } from "sluice/sim";
import type { TypedFor } from "../command/commands.ts";
import { contractOf } from "../contract-of.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { createProgress } from "../print/progress.ts";
import { accountsIn } from "./plan/accounts-file.ts";
import { assumptionsOf, progressOf } from "./plan/assumptions.ts";
import { LogFile } from "./plan/log-file.ts";
import { planReport } from "./plan/plan-report.ts";
import { giveReport } from "./report/give-report.ts";

type PlanTyped = TypedFor<"simulate plan">;

export async function plan(typed: PlanTyped): Promise<void> {
  const { json, html, log } = typed;
  const [contract = ""] = typed.behind;
  if (log === undefined) {
    throw new CommandError(
      'Say which log: --log <file>. "sluice log show --all --json > requests.jsonl" writes one.',
      exitCodes.refused,
    );
  }
  const { result, assumptions } = await replay(contract, log, typed);
  const about = {
    ...{ contract: basename(contract), log: basename(log), assumptions },
    command: `sluice simulate plan ${contract} --log ${log}`,
  };
  const data = { ...result, assumptions };
  const manner = { ...(json && { json }), ...(html !== undefined && { html }) };
  giveReport(planReport(result, about), data, manner);
}

async function replay(
  contract: string,
  log: string,
  typed: PlanTyped,
): Promise<{ readonly result: PlanResult; readonly assumptions: readonly string[] }> {
  const api = await contractOf(contract);
  const was = typed.was === undefined ? undefined : await contractOf(typed.was);
  const plans = Object.keys(api.server.plans);
  if (typed.plan !== undefined && !plans.includes(typed.plan)) {
    throw new CommandError(
      `The contract has no plan "${typed.plan}": it has ${plans.join(", ")}.`,
      exitCodes.refused,
    );
  }
  // Of one plan nobody need say which.
  const usual = typed.plan ?? (plans.length === 1 ? plans[0] : undefined);
  const accounts = typed.accounts === undefined ? undefined : accountsIn(typed.accounts);
  const replay = new PlanReplay({ api, was, plan: usual, accountOf: (id) => accounts?.get(id) });
  const progress = createProgress();
  const file = new LogFile({
    file: log,
    skipBad: typed["skip-bad"] === true,
    onProgress: (lines, part) => progress.show(progressOf(lines, part)),
  });
  try {
    for await (const calls of file.calls()) for (const call of calls) await replay.feed(call);
  } finally {
    progress.clear();
  }
  const result = await replay.end();
  if (result.all.calls === 0) throw nothingJudged(log, result, plans);
  return { result, assumptions: assumptionsOf(result, file, was !== undefined) };
}

function nothingJudged(
  log: string,
  { calls, notJudged }: PlanResult,
  plans: readonly string[],
): CommandError {
  const why =
    notJudged.noPlan > 0
      ? `Nobody knows the plans of its accounts: --plan <${plans.join(" or ")}> for all, or --accounts <file> that "sluice accounts list --all --json" wrote.`
      : "Name the log of this API.";
  return new CommandError(
    `Of ${calls} calls in ${log} none can be judged. ${why}`,
    exitCodes.refused,
  );
}
