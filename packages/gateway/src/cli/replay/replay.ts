// `sluice replay`: a decision once more, from its record alone, and what would have changed it.

import type { AnyApi } from "sluice";
import {
  type Change,
  type DecidedAgain,
  type DecisionReplay,
  replayDecision,
  replayWhy,
  type WhyReplay,
} from "sluice/sim";
import type { TypedFor } from "../command/commands.ts";
import { contractOf } from "../contract-of.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Explanation } from "../operator/shapes.ts";
import { printable } from "../print/table.ts";
import { print, styled } from "../print/terminal.ts";
import { counted, span } from "../print/words.ts";
import { stepLines } from "../verbs/step-lines.ts";
import { readRecord } from "./read-record.ts";

export async function replay(typed: TypedFor<"replay">): Promise<void> {
  const { behind, contract = ".", plan, json } = typed;
  const record = readRecord(behind[0] ?? "-");
  const api = await contractOf(contract);
  if (plan !== undefined && !Object.hasOwn(api.server.plans, plan)) {
    const plans = Object.keys(api.server.plans).join(", ");
    throw new CommandError(
      `The contract has no plan "${plan}": it has ${plans}.`,
      exitCodes.refused,
    );
  }
  if (record.kind === "why") {
    const replayed = await replayWhy(api, record.past);
    return give(json, replayed, () => whyLines(replayed));
  }
  const { explanation, past } = record;
  checkApi(api, explanation);
  const replayed = await replayDecision(api, { ...past, plan });
  give(json, replayed, () => decisionLines(explanation, replayed));
}

function give(json: boolean | undefined, data: unknown, lines: () => readonly string[]): void {
  if (json) print(JSON.stringify(data, null, 2));
  else for (const line of lines()) print(line);
}

function checkApi({ wire }: AnyApi, { request }: Explanation): void {
  if (request.api === "" || request.api === wire.about.title) return;
  throw new CommandError(
    `The request was one to ${request.api}, and this is the contract of ${wire.about.title}: name its own with --contract.`,
    exitCodes.refused,
  );
}

function decisionLines(explanation: Explanation, replayed: DecisionReplay): string[] {
  const { again, agrees, changes, plan } = replayed;
  const told =
    again === undefined
      ? "It cannot be replayed: the record has too little."
      : `Once more${plan === undefined ? "" : `, on plan ${plan}`}: ${decided(again)}${agrees ? ", as it was." : ", which is not as it was: another contract was in force, or the account has limits of its own."}`;
  return [
    styled("bold", `Request ${explanation.requestId}`),
    ...stepLines(explanation),
    "",
    printable(told),
    ...lacking(replayed.lacks),
    ...(changes.length === 0 ? [] : ["", styled("bold", "What would have changed it")]),
    ...changes.map((change) => `  ${printable(changeLine(change))}`),
  ];
}

function changeLine({ kind, plan, laterMs = 0, credits = 0, decided: then }: Change): string {
  const what = {
    plan: `With plan ${plan}`,
    later: `After ${span(laterMs)}`,
    credits: `With ${counted(credits, "credit")} more`,
  }[kind];
  return `${what}: ${decided(then)}.`;
}

function decided({ passes, condition, by, retryAfterMs }: DecidedAgain): string {
  if (passes) return "it passes";
  const wait = retryAfterMs === undefined ? "" : `, told to wait ${span(retryAfterMs)}`;
  return `refused, ${condition}${by === undefined ? "" : ` by ${by}`}${wait}`;
}

function lacking(lacks: readonly string[]): string[] {
  return lacks.length === 0
    ? []
    : ["The record lacks:", ...lacks.map((one) => `  - ${printable(one)}`)];
}

function whyLines({ again, agrees, lacks, changes }: WhyReplay): string[] {
  const end = again.passes ? "it passes" : `it gives up after ${span(again.tookMs)}`;
  const as = agrees ? ", for the same reason as it did." : ", which is not what the record says.";
  return [
    styled("bold", "The call once more"),
    ...again.steps.map((step) => `  ${printable(step)}`),
    "",
    `Once more: ${end}${as}`,
    ...lacking(lacks),
    ...(changes.length === 0 ? [] : ["", styled("bold", "What would have changed it")]),
    ...changes.flatMap(({ what, tried }) => [
      `  With ${what}: ${tried.passes ? `it passes after ${span(tried.tookMs)}` : `it gives up after ${span(tried.tookMs)}, too`}.`,
    ]),
  ];
}
