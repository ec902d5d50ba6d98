/** Credits and budgets: what comes with a plan, what each call costs, how it is charged, and what never is. */
import type { Price } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfOperation } from "../model/addresses.ts";
import type { OperationReference } from "../model/operation.ts";
import type { Reference } from "../model/reference.ts";
import { count, counted, duration, listed } from "../model/words.ts";
import { codesOf } from "./codes-of.ts";
import { blocks, code, type DocPage, link, list, table } from "./markdown.ts";

const HERE = PAGES.credits;

export function creditsPage(reference: Reference): DocPage {
  const priced = reference.operations.filter(({ server }) => server.price !== undefined);
  const hasCredits = priced.length > 0;
  const summary = hasCredits
    ? "What each call costs, when it is charged, what is never charged, and what happens when credits run out."
    : "No call of this API costs credits.";
  const markdown = hasCredits
    ? blocks("# Credits and budgets", ...withCredits(reference, priced))
    : blocks("# Credits and budgets", summary);
  return { path: HERE, title: "Credits and budgets", summary, markdown };
}

function withCredits(
  reference: Reference,
  priced: readonly OperationReference[],
): readonly string[] {
  return [
    ...plans(reference),
    "## What calls cost",
    table(
      ["Call", "Credits", "How much it was"],
      priced.map((one) => [callLink(one), priceWords(one.server.price), learned(one)]),
    ),
    "All other calls are free.",
    "## How a call is charged",
    charging(priced),
    ...jobsAndStreams(priced),
    "## What is never charged",
    list([
      "A call that is refused, for whatever reason: a 4xx costs nothing.",
      `A call that fails on our side (5xx).${unknownCost(reference)}`,
      ...(priced.some(({ wire }) => wire.idempotency)
        ? [
            `The repetition of a call with the same ${code("Idempotency-Key")}: it gets the first answer again, and is paid once.`,
          ]
        : []),
      ...(reference.api.wire.key.prefixes.test === undefined
        ? []
        : ["An error that a test key asked to rehearse."]),
    ]),
    ...budgets(reference, priced),
    ...runOut(reference),
  ];
}

function callLink({ wire, path }: OperationReference): string {
  return link(code(`${wire.method} ${wire.path}`), linkTo(HERE, path));
}

function plans({ api }: Reference): readonly string[] {
  const all = api.wire.plans.flatMap((name) => api.server.plans[name] ?? []);
  const withAllowance = all.filter(({ allowance }) => allowance !== undefined);
  if (withAllowance.length === 0) return ["Plans come without credits; they are bought."];
  const resets = new Set(withAllowance.map(({ allowance }) => JSON.stringify(allowance?.reset)));
  const rows = all.map(({ title, allowance }) => [
    title,
    allowance === undefined ? "none" : count(allowance.credits),
  ]);
  const [first] = withAllowance;
  const reset =
    resets.size === 1 && first?.allowance !== undefined ? first.allowance.reset : undefined;
  const words =
    reset === undefined
      ? "They start anew with each period of the plan."
      : reset.kind === "calendar_month"
        ? "They start anew at the beginning of each calendar month (UTC)."
        : `They start anew once ${duration(reset.everyMs)} have passed since the period began, with the first call after that ` +
          "which costs credits.";
  return [
    "## What comes with a plan",
    table(["Plan", "Credits per period"], rows),
    `${words} What is left of them is not carried over. Credits that were bought are used after those of the plan, and stay.`,
  ];
}

/** `up to 5`, `300`, `as quoted`, `free` */
export function priceWords(price: Price | undefined): string {
  if (price === undefined) return "free";
  if (price.kind === "quote") return "quoted before it runs";
  return price.kind === "fixed" ? count(price.credits) : `up to ${count(price.credits)}`;
}

/** Where a caller reads what it was. */
function learned({ server, wire }: OperationReference): string {
  const { price } = server;
  if (price === undefined || price.kind === "fixed") return "always the same";
  if (price.kind === "quote") return "what the work comes to, known before it begins";
  if (server.detaches !== undefined) return "what the work came to, when it is done";
  if (price.actual === undefined) return "what the work came to";
  const place = code(price.actual.slice(1).replaceAll("/", "."));
  const inEvents = wire.stream !== undefined && price.inEvents !== price.actual;
  const events =
    inEvents && price.inEvents !== undefined
      ? `; in a stream ${code(price.inEvents.slice(1).replaceAll("/", "."))} of the last event`
      : "";
  return `${place} in the answer${events}`;
}

function charging(priced: readonly OperationReference[]): string {
  const most = priced.find(({ server }) => server.price?.kind === "at_most");
  const price = most?.server.price;
  const example =
    price?.kind === "at_most"
      ? ` A call that costs up to ${counted(price.credits, "credit")} needs ${count(price.credits)} to begin; if it comes to ` +
        "fewer, the rest is back with the answer."
      : "";
  const isQuoted = priced.some(({ server }) => server.price?.kind === "quote");
  const quoted = isQuoted
    ? " Where the price is quoted, that is exactly the cost, worked out first."
    : "";
  return (
    "Before a call begins, the most that it can cost is set aside. If that is not there, the call is refused and nothing is " +
    `done.${quoted} When the work is done, what it did cost is charged and the rest comes back.${example} What running calls have set ` +
    "aside does not count as left."
  );
}

function jobsAndStreams(priced: readonly OperationReference[]): readonly string[] {
  const jobs = priced.filter(({ server }) => server.detaches !== undefined);
  const streams = priced.filter(({ wire }) => wire.stream !== undefined);
  return [
    jobs.length === 0
      ? ""
      : `${listed(jobs.map(callLink))} ${jobs.length === 1 ? "goes" : "go"} on after the answer. What they can cost stays set ` +
        "aside until the work is done, and work that fails is not charged.",
    streams.length === 0
      ? ""
      : "An answer that streams is charged before its last event leaves. If it breaks off on our side it costs nothing; if you " +
        "leave, it costs what was done by then.",
  ];
}

function unknownCost({ codes }: Reference): string {
  const own = codes.filter(({ entry }) => entry.charged === "unknown");
  if (own.length === 0) return "";
  const links = listed(
    own.map((one) => link(code(one.code), linkTo(HERE, one.path))),
    "or",
  );
  return ` The one exception is said on its page: ${links}, where the failure came after the work.`;
}

function budgets(reference: Reference, priced: readonly OperationReference[]): readonly string[] {
  const codes = codesOf(reference, HERE, ["budget_exceeded"]);
  if (codes === "") return [];
  const scoped = priced.filter(({ server }) => server.scope !== undefined);
  const places = [
    ...new Set(scoped.flatMap(({ server }) => Object.values(server.scope ?? {}).map(placeWords))),
  ];
  const who =
    places.length === 0
      ? "A key's own workspace and project pay."
      : `Whose budget it is, is told by ${listed(places.map(code))} in the request where the call has them, and otherwise by the key.`;
  return [
    "## Budgets",
    "A workspace, a project and a key can each have a budget: the most credits that they may spend in a calendar month (UTC). " +
      `${who} A call must fit into all of them. One that does not is refused with ${codes}, even if the account has credits left.`,
  ];
}

function placeWords(place: object): string {
  const [value = ""] = Object.values(place) as string[];
  return value.replace(/^\//, "").replaceAll("/", ".");
}

function runOut(reference: Reference): readonly string[] {
  const codes = codesOf(reference, HERE, ["credits_exhausted", "budget_exceeded"]);
  const usage = reference.operations.find(
    ({ wire }) => wire.method === "GET" && /usage|credits|balance/.test(wire.path),
  );
  const down = codesOf(reference, HERE, ["credits_unavailable"]);
  return [
    "## When they run out",
    `Calls that cost are refused with ${codes}; free calls go on. Retrying does not help. Add credits, upgrade the plan, raise ` +
      "the budget, or wait for the next period.",
    usage === undefined
      ? ""
      : `Look before it happens: ${link(code(`${usage.wire.method} ${usage.wire.path}`), linkTo(HERE, pathOfOperation(usage.name)))} ` +
        "says what was spent and what is left.",
    `While credits cannot be counted at all, calls that cost are refused with ${down} rather than done for nothing.`,
  ];
}
