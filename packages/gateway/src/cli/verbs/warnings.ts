// `sluice warnings`: what customers were told before their credits or a budget ran out.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import { tellSecret } from "../operator/secret.ts";
import type { Warning } from "../operator/shapes.ts";
import { oneOf, said, wrongValue } from "../operator/values.ts";
import { accountFor, noAccount } from "../operator/whose.ts";
import { show, showList } from "../print/shown.ts";
import type { Column } from "../print/table.ts";
import { grouped, orNothing, span, stamp } from "../print/words.ts";
import { say } from "../say.ts";

const columns: readonly Column<Warning>[] = [
  { title: "AT (UTC)", of: ({ atMs }) => stamp(atMs) },
  { title: "ID", of: ({ id }) => id },
  { title: "ACCOUNT", of: ({ accountId }) => accountId },
  { title: "OF", of: ({ subject }) => wordsFor(subject) },
  {
    title: "AT",
    of: ({ percent }) => (percent === null ? orNothing(percent) : `${percent} %`),
    align: "right",
  },
  {
    title: "USED",
    of: ({ used, cap }) =>
      used === null || cap === null ? orNothing(null) : `${grouped(used)} of ${grouped(cap)}`,
    align: "right",
  },
  { title: "STATE", of: ({ state }) => state },
  { title: "TRIES", of: ({ attemptCount }) => String(attemptCount), align: "right" },
  { title: "LAST ANSWER", of: ({ attempts }) => lastAnswer(attempts.at(-1)), mayCut: true },
];

function wordsFor(subject: Warning["subject"]): string {
  if (subject.kind === "credits") return "credits";
  if (subject.kind === "budget") return `budget of ${subject.scope} ${subject.id}`;
  return `leak of key ${subject.keyId}: ${subject.done}`;
}

const states = ["waiting", "delivered", "given_up", "gone", "listed"] as const;

export async function listWarnings(
  operator: Operator,
  typed: TypedFor<"warnings list">,
): Promise<void> {
  const { account: accountId } = typed;
  const state = typed.state === undefined ? undefined : oneOf("--state", typed.state, states);
  await showList(
    typed,
    columns,
    (page) => operator.call("listWarnings", { query: { ...page, ...said({ accountId, state }) } }),
    "No warning was raised.",
  );
}

export async function setWarnings(
  operator: Operator,
  typed: TypedFor<"warnings set">,
): Promise<void> {
  const { to: url, percent } = typed;
  if (url === undefined) throw new CommandError("Say where: --to <url>.", exitCodes.refused);
  const percents = percent?.map(percentFrom).toSorted((a, b) => a - b);
  const accountId = await accountFor(operator, typed);
  const setting = operator.call("setWarnings", {
    params: { accountId },
    body: { url, ...said({ percents }) },
  });
  const { warnings, secret } = await orNotThere(setting, noAccount(accountId));
  const at =
    warnings.percents === null ? "the contract's thresholds" : `${warnings.percents.join(", ")} %`;
  say(`Account ${accountId} hears at ${warnings.url}, at ${at}.`);
  if (secret === null)
    say('Its signing secret is the one from before; "sluice warnings secret" makes another.');
  else tellSecret("The signing secret", secret);
}

export async function endWarnings(
  operator: Operator,
  typed: TypedFor<"warnings off">,
): Promise<void> {
  const accountId = await accountFor(operator, typed);
  await orNotThere(
    operator.call("removeWarnings", { params: { accountId } }),
    noAccount(accountId),
  );
  say(`Warnings of account ${accountId} are only listed from now on.`);
}

export async function renewWarningSecret(
  operator: Operator,
  typed: TypedFor<"warnings secret">,
): Promise<void> {
  const accountId = await accountFor(operator, typed);
  const renewing = operator.call("rotateWarningSecret", { params: { accountId } });
  const { secret } = await orNotThere(renewing, noAccount(accountId));
  tellSecret("The new signing secret", secret);
}

export async function sendWarning(
  operator: Operator,
  typed: TypedFor<"warnings send">,
): Promise<void> {
  const [warningId = ""] = typed.behind;
  const accountId = await accountFor(operator, typed);
  const sending = operator.call("sendWarning", { params: { accountId, warningId } });
  const delivery = await orNotThere(sending, `Account ${accountId} has no warning ${warningId}.`);
  const { isDelivered, attempt } = delivery;
  show(typed, delivery, () => [
    `${isDelivered ? "Delivered" : "Not delivered"} to ${attempt.url}: ${lastAnswer(attempt)}`,
  ]);
  if (!isDelivered) throw new CommandError("The receiver must answer with 2xx.", exitCodes.found);
}

function percentFrom(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text);
  throw wrongValue("--percent", text, "give a whole number from 1 to 100");
}

function lastAnswer(attempt: Warning["attempts"][number] | undefined): string {
  if (attempt === undefined) return "-";
  const took = `after ${span(attempt.durationMs)}`;
  return attempt.status === null
    ? `${orNothing(attempt.error)} ${took}`
    : `${attempt.status} ${took}`;
}
