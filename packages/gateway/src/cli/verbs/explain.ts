// `sluice explain`: what happened to a request, for whoever must answer for it, down to words that can be sent on.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import type { Explanation } from "../operator/shapes.ts";
import { show } from "../print/shown.ts";
import { printable } from "../print/table.ts";
import { print, styled } from "../print/terminal.ts";
import { counted, momentFromNow } from "../print/words.ts";
import { wrapped } from "../print/wrapped.ts";
import { stepLines } from "./step-lines.ts";
import { onceWritten } from "./written.ts";

export async function explainRequest(
  operator: Operator,
  typed: TypedFor<"explain">,
): Promise<void> {
  const [requestId = ""] = typed.behind;
  if (typed.words && typed.json) {
    throw new CommandError(
      "Say --words or --json, not both: the data has the words.",
      exitCodes.refused,
    );
  }
  const explanation = await onceWritten(requestId, () =>
    operator.call("explainRequest", { params: { requestId } }),
  );
  // Alone they go on in one piece: whoever pastes them has lines of another length.
  if (typed.words) return print(printable(explanation.words));
  show(typed, explanation, linesOf);
}

function linesOf(explanation: Explanation): string[] {
  const { refusal, told, cost, words } = explanation;
  const scope = refusal?.scope ? [`By: ${refusal.scope}.`] : [];
  return [
    styled("bold", headlineOf(explanation)),
    ...wrapped(scope.join()),
    "",
    ...stepLines(explanation),
    "",
    ...section("What the caller was told", toldLines(told)),
    ...section("What it cost", [costOf(cost)]),
    ...section("What to do", todoOf(explanation)),
    styled("bold", "To send on"),
    ...wrapped(printable(words)),
  ];
}

function headlineOf({ refusal, request, told }: Explanation): string {
  const answer = [told.status, told.code].filter((one) => one !== null).join(" ");
  if (refusal !== null) {
    const by = request.simulated ? "Refused as a test key asked for" : "Refused";
    return `${by}: ${answer}. ${refusal.means}`;
  }
  switch (request.ending) {
    case "fault":
      return `Failed on our side: ${answer}, in the step "${request.endedAt}".`;
    case "abandoned":
      return `The caller left before the answer, in the step "${request.endedAt}".`;
    case "replayed":
      return `The stored answer was sent again: ${answer}.`;
    default:
      return `Went through: ${answer}.`;
  }
}

function toldLines({ status, code, headers, body, bodyMissing }: Explanation["told"]): string[] {
  const first = status === null ? [] : [[status, code].filter(Boolean).join(" ")];
  const last = body ?? bodyMissing;
  return [
    ...first,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...(last === null || last === "" ? [] : [last]),
  ];
}

function costOf({ state, credits, overage, isJob }: Explanation["cost"]): string {
  const many = counted(credits, "credit");
  const over =
    overage === 0 ? "" : ` It came to ${counted(overage, "credit")} more, which were not taken.`;
  switch (state) {
    case "charged":
      return `${many}.${over}`;
    case "held":
      return isJob ? `${many} are held until its job ends.` : `${many} are held still.`;
    case "expired":
      return `Nothing: ${many} were held, and given back since nobody ended it in time.`;
    default:
      return "Nothing.";
  }
}

/** Who has to do what, by the action of the code. */
const actions: Readonly<Record<string, string>> = {
  wait: "The caller waits, and sends it again.",
  upgrade: 'A larger plan, or an exception from it: "sluice accounts change".',
  fix_request: "The caller changes the request; the same one is refused again.",
  rotate_key: 'The caller takes another key; "sluice keys list" shows those of the account.',
  contact: "Ours to mend: look for the request's id in the log of the gate and of the API.",
};

function todoOf({ refusal, request }: Explanation): string[] {
  if (request.ending === "fault") return [actions["contact"] ?? ""];
  if (refusal === null) return ["Nothing."];
  const passes =
    refusal.passesAtMs === null ? [] : [`It passes from ${momentFromNow(refusal.passesAtMs)}.`];
  const { action } = refusal;
  const advice = action === "top_up" ? moneyFor(refusal, request) : actions[action ?? ""];
  return [...passes, advice ?? "Look at the words below."];
}

/** With the command that lets it pass at once. */
function moneyFor(
  { condition, by }: NonNullable<Explanation["refusal"]>,
  { accountId }: Explanation["request"],
): string {
  const [scope, id] = by?.split(" ") ?? [];
  if (condition === "budget_exceeded" && id !== undefined) {
    const whose = scope === "key" ? "" : ` --account ${accountId}`;
    return `To let it pass before: sluice budget set <credits> --${scope} ${id}${whose}`;
  }
  return `To let it pass: sluice credits grant <credits> --account ${accountId} --reason <text>`;
}

function section(title: string, lines: readonly string[]): string[] {
  return [styled("bold", title), ...lines.map((line) => `  ${printable(line)}`), ""];
}
