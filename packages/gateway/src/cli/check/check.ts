// `sluice check`: a running API, or an old contract, held against a contract.

import { styleText } from "node:util";
import type { AnyApi } from "sluice";
import { systemClock, systemRandom } from "sluice/base";
import {
  askPage,
  type CheckOptions,
  check as checkApi,
  countsOf,
  type Judged,
  openSender,
  plainStyle,
  promiseIds,
  type Report,
  reportJson,
  reportJunit,
  reportText,
  type Sender,
  type Style,
} from "../../check/index.ts";
import { StartError } from "../../start-error.ts";
import type { TypedFor } from "../command/commands.ts";
import { contractOf } from "../contract-of.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { faint, say } from "../say.ts";
import { checkAgainst, freeze } from "./against.ts";
import { boundsFrom, checkNames, targetFrom, urlFrom } from "./target-from.ts";
import { writeReport } from "./write-report.ts";

type CheckTyped = TypedFor<"check">;

export async function check(typed: CheckTyped): Promise<void> {
  checkTogether(typed);
  const api = await contractOf(typed.behind[0] ?? ".");
  if (typed.freeze !== undefined) return freeze(api, typed.freeze);
  if (typed.against !== undefined) return checkAgainst(api, typed.against, typed.json === true);
  const report = await checkRunning(api, typed);
  if (typed.junit !== undefined) writeReport(typed.junit, reportJunit(report));
  process.stdout.write(typed.json ? reportJson(report) : reportText(report, styleOf()));
  process.exitCode = countsOf(report).broken === 0 ? exitCodes.fine : exitCodes.found;
}

/** Whoever asks no API would not be heard in what they say of one. */
function checkTogether({ behind: _, against, freeze: frozen, json: __, ...ofRunning }: CheckTyped) {
  const [other] = Object.keys(ofRunning);
  const alone = against !== undefined ? "against" : frozen !== undefined ? "freeze" : undefined;
  if (alone === undefined) return;
  const both = against !== undefined && frozen !== undefined ? "freeze" : other;
  if (both === undefined) return;
  throw new StartError(
    `--${alone} asks no API, so --${both} would do nothing: leave one of them out.`,
  );
}

async function checkRunning(api: AnyApi, typed: CheckTyped): Promise<Report> {
  const target = targetFrom(api, typed, process.env);
  const url = urlFrom(typed.url, api);
  const bounds = boundsFrom(typed);
  checkNames(typed.only ?? [], promiseIds(target));
  const sender = openSender({ url });
  try {
    await reach(sender, url, api);
    return await checkApi(target, {
      ...{ send: sender.send, askPage, clock: systemClock, random: systemRandom },
      bounds,
      ...(typed.only && { only: typed.only }),
      ...progress(),
    });
  } finally {
    sender.close();
  }
}

/** Whoever does not answer at all has broken no promise. */
async function reach({ send }: Sender, url: URL, { wire }: AnyApi): Promise<void> {
  try {
    await send({ method: "GET", target: `${wire.basePath}/`, headers: {} });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `Nobody answers at ${url.href} (${reason}). Start the API, or mend --url.`,
      exitCodes.notReached,
    );
  }
}

/** To standard error: standard output belongs to the report. */
function progress(): Pick<CheckOptions, "onJudged" | "onWait" | "onSay"> {
  const isSeen = process.stderr.isTTY;
  const clear = isSeen ? "\r\u001b[K" : "";
  const show = (text: string) => {
    if (isSeen) process.stderr.write(`${clear}${faint(text)}`);
  };
  return {
    onJudged({ promise, finding }: Judged, index, count) {
      if (index === count) process.stderr.write(clear);
      else show(`${index}/${count} ${promise.id}: ${finding.kind.replace("_", " ")}`);
    },
    onWait: (what, ms) => show(`waits ${(ms / 1_000).toFixed(1)} s for ${what}`),
    onSay: (what) => say(`${clear}${faint(`It ${what}.`)}`),
  };
}

function styleOf(): Style {
  if (!process.stdout.isTTY) return plainStyle;
  return {
    good: (text) => styleText("green", text),
    bad: (text) => styleText("red", text),
    faint: (text) => styleText("dim", text),
  };
}
