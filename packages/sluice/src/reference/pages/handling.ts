/** Error handling: what to retry and how long to wait, breaker, throttling, queues, messages for users, one place for it all. */
import { IDEMPOTENCY_KEY, REPLAYED } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfCode } from "../model/addresses.ts";
import type { CodeReference } from "../model/code.ts";
import type { Reference } from "../model/reference.ts";
import { count, listed } from "../model/words.ts";
import { pythonFileName } from "../python/file-name.ts";
import { codesOf } from "./codes-of.ts";
import { pythonHandler } from "./handler-python.ts";
import { typescriptHandler } from "./handler-typescript.ts";
import { blocks, code, type DocPage, fence, link, list, steps, table } from "./markdown.ts";

const HERE = PAGES.handling;

export function handlingPage(reference: Reference): DocPage {
  const summary =
    "What to retry, how long to wait, when to stop, what to tell users, and code that does it all.";
  const markdown = blocks(
    "# Error handling",
    "In production every call can fail. Retry what is transient, stop at once at what is not, wait as long as the server says, and " +
      "tell users something that helps them.",
    "## Retry, or don't",
    ...retryTable(reference),
    ...byStatus(reference),
    ...backoff(reference),
    ...idempotency(reference),
    ...breaker(),
    ...throttling(reference),
    ...users(reference),
    ...logging(),
    "## One place for it all: TypeScript",
    "Let every call go through one function. This one parses the error, decides, waits, logs, and throws an error that has a message " +
      "for users:",
    fence("ts", typescriptHandler(reference)),
    "## One place for it all: Python",
    ...pythonFile(reference),
    fence("python", pythonHandler(reference)),
    "## See also",
    list([
      `${link("Errors", linkTo(HERE, PAGES.overview))}: the error body, statuses, types, every code`,
      `${link("Rate limits", linkTo(HERE, PAGES.rateLimits))}: windows, headers and Retry-After`,
      `${link("Credits and budgets", linkTo(HERE, PAGES.credits))}: handling a 402, and when credits run out`,
      `${link("Authentication", linkTo(HERE, PAGES.authentication))}: keys, and what to do about a 401`,
    ]),
  );
  return { path: HERE, title: "Error handling", summary, markdown };
}

function codeLink(name: string): string {
  return link(code(name), linkTo(HERE, pathOfCode(name)));
}

function retryTable({ codes }: Reference): readonly string[] {
  const order = (one: CodeReference) => (one.advice.retryable ? 0 : 1);
  const rows = codes
    .toSorted((a, b) => order(a) - order(b) || a.status - b.status)
    .map((one) => [one.status, codeLink(one.code), one.advice.retry, one.advice.action]);
  return [
    table(["Status", "Code", "Retry?", "Who acts"], rows),
    "A code that is not in this table comes from something between you and the API, such as a proxy. Then let the status decide: " +
      "retry 408, 429 and 5xx, nothing else.",
  ];
}

function byStatus({ codes }: Reference): readonly string[] {
  const retryable = statusesOf(codes.filter(({ advice }) => advice.retryable));
  const not = statusesOf(codes.filter(({ advice }) => !advice.retryable));
  const both = retryable.filter((status) => not.includes(status));
  const mixed =
    both.length === 0 ? "" : ` ${listed(both.map(code))} can be either: there the code decides.`;
  const sure = retryable.filter((status) => !both.includes(status));
  return [
    `In short, by status: retry ${listed(sure.map(code))}, and do not retry ` +
      `${listed(not.filter((status) => !both.includes(status)).map(code))}.${mixed}`,
  ];
}

function statusesOf(codes: readonly CodeReference[]): readonly number[] {
  return [...new Set(codes.map(({ status }) => status))].toSorted((a, b) => a - b);
}

function backoff(reference: Reference): readonly string[] {
  const waiting = codesOf(reference, HERE, ["rate_limited", "request_in_progress"]);
  return [
    "## How long to wait",
    "Exponential backoff with full jitter: before attempt *n* + 1, wait a random time between 0 and 2ⁿ⁻¹ seconds, at most 30. " +
      "Randomness is what keeps all of your programs from coming back in the same moment.",
    table(
      ["After attempt", "Wait between 0 and"],
      [
        [1, "1 s"],
        [2, "2 s"],
        [3, "4 s"],
        [4, "8 s, or give up"],
      ],
    ),
    list([
      `**${code("Retry-After")} is a lower bound.** Where an answer has it (${waiting}, and every 503), wait that long and the random ` +
        "time on top. Never shorten it: an earlier request is refused again.",
      "**If it is longer than you can wait, fail at once** and say when to come back, instead of trying in vain.",
      "**Give up after four attempts,** or when the time of the whole call is over.",
      "**Retry in one place.** An SDK with three attempts inside a job with three makes nine.",
    ]),
  ];
}

function idempotency(reference: Reference): readonly string[] {
  const own = reference.operations.filter(({ wire }) => wire.idempotency);
  if (own.length === 0) return [];
  const links = own.map((one) =>
    link(code(`${one.wire.method} ${one.wire.path}`), linkTo(HERE, one.path)),
  );
  return [
    "## Repeat without doing it twice",
    `An answer that never arrived may still have been carried out. Send the header ${code(IDEMPOTENCY_KEY)} with a fresh value, such ` +
      "as a UUID, for each action, and the same value with each attempt of it. The action is done and charged once; a repetition gets " +
      `the first answer again, with ${code(`${REPLAYED}: true`)}.`,
    `These calls take it: ${listed(links)}. Keys are remembered for 24 hours. Failures are not remembered, so a repetition after one is ` +
      "carried out.",
  ];
}

function breaker(): readonly string[] {
  return [
    "## Circuit breaker",
    "When the API is down, calling it harder helps nobody, and waiting for it holds up all else. A breaker keeps a failure of one part " +
      "from becoming one of all. After five 5xx or timeouts in a row, stop calling for a cooldown period of " +
      "ten seconds; then let one request through, and go on if it succeeds.",
    "Do not count 4xx: they say nothing about the API's health. Do not count 429 either: its cure is to wait.",
  ];
}

function throttling(reference: Reference): readonly string[] {
  const { rateLimit } = reference.api.wire.headers;
  const [window] = Object.values(reference.api.wire.windows);
  const perSecond =
    window !== undefined && typeof window.limit === "number"
      ? ` For ${count(window.limit)} requests in ${count(window.windowMs / 1_000)} seconds that is one every ` +
        `${count(window.windowMs / window.limit)} ms.`
      : "";
  const learn =
    rateLimit === "none"
      ? "**Know your limit.** Answers do not tell how much is left, so keep the times of your own requests."
      : rateLimit === "x-ratelimit"
        ? `**Read ${code("X-RateLimit-Remaining")}** after each answer. When it reaches 0, send nothing before ${code("X-RateLimit-Reset")}.`
        : `**Read ${code("RateLimit")}** after each answer. When ${code("r")} reaches 0, send nothing for ${code("t")} seconds.`;
  const slots = Object.keys(reference.api.wire.slots ?? {}).length > 0;
  return [
    "## Throttling and queues",
    "Better than to handle a 429 is not to get one:",
    steps([
      `**Queue.** Put all calls of one key into one queue, also those of other processes, since they share its limit.`,
      `**Pace.** Let them leave evenly.${perSecond}`,
      learn,
      ...(slots
        ? [
            `**Hold back what runs at once.** A counter for each call in the table of ${link("what may run at once", linkTo(HERE, PAGES.rateLimits, "At once"))} ` +
              "keeps those below their limit.",
          ]
        : []),
      "**Bound the queue.** Refuse at your own door when it is full; a request that waits for minutes is of no use to anybody.",
      "**Let people go first.** Give interactive calls their own, shorter queue before background work.",
    ]),
  ];
}

function users({ codes }: Reference): readonly string[] {
  const rows = codes.map((one) => [codeLink(one.code), one.page.endUser]);
  return [
    "## What to show end users",
    "Never show them the message or the code: both are written for you. These texts are safe to show, and hold no internal details:",
    table(["Code", "Text"], rows),
  ];
}

function logging(): readonly string[] {
  return [
    "## Structured logging",
    `Log one record for each failed attempt, with the fields that support asks for (${link("the list", linkTo(HERE, PAGES.overview, "Logging for support"))}): ` +
      "code, message, status, endpoint, timestamp, request ID, attempt. Never log full API keys, only the prefix.",
  ];
}

function pythonFile({ api }: Reference): readonly string[] {
  const file = pythonFileName(api);
  if (file === undefined) return [];
  return [
    `${link(file, file)} is a whole module to put beside your program, standard library only: typed errors, a class for each code, ` +
      "retries, breaker, pacing. The short form of it, to read and to change:",
  ];
}
