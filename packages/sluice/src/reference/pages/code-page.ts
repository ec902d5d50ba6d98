/** The page of a code: from an error body in a log to the fix, without leaving it. */
import { REQUEST_ID, SIMULATE } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfCode, pathOfOperation } from "../model/addresses.ts";
import type { Cause, CodeReference } from "../model/code.ts";
import type { Reference } from "../model/reference.ts";
import { listed } from "../model/words.ts";
import { blocks, code, type DocPage, fence, link, list, quote, table } from "./markdown.ts";
import { envelopePlaces } from "./places.ts";
import { answerText, curlText, httpText, pythonText, typescriptText } from "./request-text.ts";

export function codePage(reference: Reference, one: CodeReference): DocPage {
  const { page, advice } = one;
  const markdown = blocks(
    `# ${one.code}`,
    one.summary,
    facts(one),
    "## What happened",
    page.whatHappened,
    "## How to fix",
    page.howToFix,
    "## Retry",
    advice.wait,
    one.entry.charged === "unknown" && `${advice.cost}. ${lookAtUsage(reference)}`,
    "## What to show an end user",
    quote(page.endUser),
    "## Example",
    ...example(reference, one),
    "## Where it comes from",
    causes(reference, one),
    "## If that does not help",
    help(reference, one),
    one.related.length > 0 && "## Related",
    related(reference, one),
  );
  return { path: one.path, title: one.code, summary: one.summary, markdown };
}

function facts({ status, phrase, entry, advice }: CodeReference): string {
  return table(
    ["Status", `${code(status)} ${phrase}`],
    [
      ...(entry.type === undefined ? [] : [["Type", code(entry.type)]]),
      ["Retry", advice.retry],
      ["Who acts", advice.action],
      ["Costs", advice.cost],
    ],
  );
}

function lookAtUsage({ operations }: Reference): string {
  const own = operations.find(
    ({ wire }) => wire.method === "GET" && /usage|credits/.test(wire.path),
  );
  return own === undefined
    ? "Compare your balance before you pay for the work twice."
    : `${code(`${own.wire.method} ${own.fullPath}`)} says what was charged.`;
}

function example(
  reference: Reference,
  one: CodeReference,
): readonly (string | undefined | false)[] {
  const { request, response, given } = one.example;
  const places = envelopePlaces(reference);
  const { test } = reference.api.wire.key.prefixes;
  return [
    given === undefined ? "This request gets it, whoever sends it." : `**Given:** ${given}`,
    "With curl:",
    fence("sh", curlText(request)),
    "On the wire:",
    fence("http", httpText(request)),
    "The answer:",
    fence("http", answerText(response, one.phrase)),
    request.body?.kind === "file" &&
      "The answer comes before the body was sent whole. A program that is still sending then may see the connection close, and " +
        "never read it.",
    "In TypeScript:",
    fence("ts", typescriptText(request, places)),
    "In Python:",
    fence("python", pythonText(request, places)),
    test &&
      `To rehearse it, send a request that works with a test key (${code(`${test}…`)}) and the header ` +
        `${code(`${SIMULATE}: ${one.code}`)}. It is refused like this, and nothing is charged. ` +
        `${link("More on test keys", linkTo(one.path, PAGES.authentication, "Test keys"))}.`,
  ];
}

function causes({ operations }: Reference, one: CodeReference): string {
  if (one.causes.length === 0) return "No operation of this API answers it at present.";
  const wherever = (cause: Cause) => whereOf(one, cause, operations.length);
  const [only] = one.causes;
  if (one.causes.length === 1 && only !== undefined)
    return `${only.reason} It comes from: ${lower(wherever(only))}.`;
  return table(
    ["When", "Where"],
    one.causes.map((cause) => [cause.reason, wherever(cause)]),
  );
}

/** Longer lists say less than what is missing from them, or nothing at all. */
const NAMES_MAX = 8;

function whereOf(one: CodeReference, { operations, atNone }: Cause, count: number): string {
  const none = atNone ? NO_OPERATION : undefined;
  if (operations === "all") return none === undefined ? "Any operation" : `Any operation; ${none}`;
  if (operations.length === 0) return none === undefined ? "" : upper(none);
  const names = operations.map((name) => link(code(name), linkTo(one.path, pathOfOperation(name))));
  const few =
    names.length <= NAMES_MAX
      ? listed(names)
      : `${listed(names.slice(0, NAMES_MAX - 1))} and ${names.length - NAMES_MAX + 1} more ` +
        `of the ${count} ${link("operations", linkTo(one.path, PAGES.operations))}`;
  return none === undefined ? few : `${few}; ${none}`;
}

const NO_OPERATION = "a request that reaches no operation";

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whoever reads a log has the id, and should know what it is good for. */
function help({ about }: Reference, { advice }: CodeReference): string {
  const id = `the request ID from the header ${code(REQUEST_ID)}`;
  const outage =
    advice.retryable && about.status !== undefined
      ? `${link("The status page", about.status)} says whether others have it, too. `
      : "";
  return about.support === undefined
    ? `${outage}Ask whoever runs the API, and name ${id}: with it they find this one request.`
    : `${outage}Write to ${about.support} with the code, the message, the time and ${id}. Of your key, send the first ten characters ` +
        "and no more.";
}

function related({ codes }: Reference, one: CodeReference): string {
  const items = one.related.map((other) => {
    const { summary = "" } = codes.find((each) => each.code === other) ?? {};
    return `${link(code(other), linkTo(one.path, pathOfCode(other)))}: ${summary}`;
  });
  const more = `All codes: ${link("Errors", linkTo(one.path, PAGES.overview))}. What to retry and how: ${link("Error handling", linkTo(one.path, PAGES.handling))}.`;
  return `${list(items)}\n\n${more}`;
}
