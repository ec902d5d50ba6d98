/** Rate limits: windows, slots, headers, what counts, and how to stay below them. */

import { linkTo, PAGES, pathOfOperation } from "../model/addresses.ts";
import { limitsByPlan } from "../model/operation.ts";
import type { Reference } from "../model/reference.ts";
import { count, duration, listed } from "../model/words.ts";
import { codesOf } from "./codes-of.ts";
import { blocks, code, type DocPage, fence, link, list, table } from "./markdown.ts";

const HERE = PAGES.rateLimits;

export function rateLimitsPage(reference: Reference): DocPage {
  const codes = codesOf(reference, HERE, ["rate_limited"]);
  const summary =
    "How many calls may be made and run at once, how answers tell, and what to do at a 429.";
  const markdown = blocks(
    "# Rate limits",
    ...windows(reference, codes),
    ...slots(reference),
    "## What counts",
    list(counts(reference)),
    ...headers(reference),
    ...retryAfter(reference, codes),
    ...outage(reference),
    "## Stay below the limit",
    list([
      "**Spread requests evenly.** A burst fills the window, and then everything waits.",
      "**Let all programs that share a key share one queue,** since they also share its limit.",
      "**Ask for more at once:** longer pages instead of more of them, and keep what does not change.",
      "**Poll seldom.** Every few seconds is often enough for work that takes minutes.",
      `**Need more?** ${raise(reference)}`,
    ]),
    `Code for a queue that never meets a 429: ${link("Error handling", linkTo(HERE, PAGES.handling, "Throttling and queues"))}.`,
  );
  return { path: HERE, title: "Rate limits", summary, markdown };
}

function windows(reference: Reference, codes: string): readonly string[] {
  const { api } = reference;
  const all = Object.entries(api.wire.windows);
  if (all.length === 0) return ["This API has no limit on requests per key or account."];
  const sections = all.flatMap(([name, window]) => {
    const { per, limit, windowMs, operations } = window;
    const within = duration(windowMs);
    const counted = operations === undefined ? "requests" : "calls of some operations";
    const lead =
      typeof limit === "number"
        ? `**${count(limit)} ${counted} in any ${within}, per ${perWords(per)}.**`
        : `The number of ${counted} in any ${within}, per ${perWords(per)}, depends on the plan:`;
    const byPlan =
      typeof limit === "number"
        ? ""
        : table(
            ["Plan", `Requests in ${within}`],
            limitsByPlan(api, window).map((row) => [row.title, count(row.limit)]),
          );
    const which =
      operations === undefined
        ? ""
        : `It counts ${listed(operations.map((one) => link(code(one), linkTo(HERE, pathOfOperation(one)))))}.`;
    return [all.length > 1 ? `## Window ${code(name)}` : "", lead, byPlan, which];
  });
  return [
    ...sections,
    "The window slides: at every moment it is the time just past that is looked at, and a place is free again as soon as its " +
      `request is that old. A request over the limit is answered with ${codes}.`,
  ];
}

function perWords(per: "key" | "account"): string {
  return per === "key" ? "API key" : "account, whatever the key";
}

function slots(reference: Reference): readonly string[] {
  const { api, operations } = reference;
  const all = Object.values(api.wire.slots ?? {});
  if (all.length === 0) return [];
  const rows = all.map((slot) => {
    const numbers = limitsByPlan(api, slot);
    const isOne = numbers.every(({ limit }) => limit === numbers[0]?.limit);
    const shown = isOne
      ? count(numbers[0]?.limit ?? 0)
      : numbers.map(({ title, limit }) => `${count(limit)} (${title})`).join(", ");
    const own = slot.operations.map((name) => {
      const path = operations.find((one) => one.name === name);
      return link(
        code(`${path?.wire.method} ${path?.wire.path}`),
        linkTo(HERE, pathOfOperation(name)),
      );
    });
    const jobs = slot.operations.some(
      (name) => api.server.operations[name]?.detaches !== undefined,
    );
    return [own.join(", "), shown, slot.per, jobs ? "until the work is done" : "until the answer"];
  });
  const codes = codesOf(reference, HERE, ["concurrency_limited"]);
  return [
    "## At once",
    "Some calls are also limited in how many may run at the same time:",
    table(["Call", "At once", "Per", "Counts"], rows),
    `One more is answered with ${codes}. Nobody knows when a place will be free, so ${code("Retry-After")} is a good moment to ` +
      "ask again, not a promise.",
  ];
}

function counts({ api, about }: Reference): readonly string[] {
  return [
    "Every request with a valid key counts when it arrives, whatever becomes of it.",
    "A request that is refused for the limit itself does not count: being refused never makes the wait longer.",
    "A request without a key, or with one that does not exist, counts against no key. One address that tries many keys that do " +
      "not exist is refused like a full window.",
    ...(Object.values(api.wire.operations).some(({ idempotency }) => idempotency)
      ? [
          `A repetition with the same ${code("Idempotency-Key")} counts as a request, and is not charged.`,
        ]
      : []),
    ...(api.wire.key.prefixes.test === undefined
      ? []
      : [`A refusal that a test key simulates takes no place in ${about.title}'s windows.`]),
  ];
}

function headers(reference: Reference): readonly string[] {
  const { rateLimit } = reference.api.wire.headers;
  const title = "## Headers";
  if (rateLimit === "none") {
    return [
      title,
      `Answers do not tell how much of the limit is left. Count what you send, or spread it evenly; a full window is told by the ` +
        `status ${code(429)} and ${code("Retry-After")}.`,
    ];
  }
  const example = reference.codes.find(({ causes }) =>
    causes.some(({ condition }) => condition === "rate_limited"),
  )?.example.response.headers;
  const shown: string[] = [];
  for (let i = 0; i < (example?.length ?? 0); i += 2) {
    if (/ratelimit|retry-after/i.test(example?.[i] ?? ""))
      shown.push(`${example?.[i]}: ${example?.[i + 1]}`);
  }
  return [
    title,
    `Every answer to a valid key tells how the window stands${shown.length > 0 ? "; at a full one:" : "."}`,
    shown.length > 0 ? fence("http", shown.join("\n")) : "",
    table(
      ["Header", "Meaning"],
      rateLimit === "x-ratelimit"
        ? [
            [code("X-RateLimit-Limit"), "How many requests the window takes"],
            [code("X-RateLimit-Remaining"), "How many are left in it"],
            [code("X-RateLimit-Reset"), "When more will be, in seconds since 1970 (Unix time)"],
            [code("Retry-After"), "On a 429: how many whole seconds to wait"],
          ]
        : [
            [code("RateLimit-Policy"), "The window: its name, `q` requests in `w` seconds"],
            [code("RateLimit"), "How it stands: `r` requests are left, and more in `t` seconds"],
            [code("Retry-After"), "On a 429: how many whole seconds to wait"],
          ],
    ),
  ];
}

function retryAfter({ api, codes }: Reference, links: string): readonly string[] {
  const entry = codes.find(({ causes }) =>
    causes.some(({ condition }) => condition === "rate_limited"),
  )?.entry;
  const fixedMs =
    entry?.retryAfter && "alwaysMs" in entry.retryAfter ? entry.retryAfter.alwaysMs : undefined;
  const truth =
    fixedMs === undefined
      ? "It is the first whole second at which the same request can pass, if nothing else is sent by then. Earlier it is refused again."
      : `It always says ${count(fixedMs / 1_000)}. By then whatever the window held has passed.`;
  const windows = Object.keys(api.wire.windows).length > 0 ? truth : "";
  return [
    "## At the limit",
    `The answer is a ${code(429)} with ${links} and the header ${code("Retry-After")}. ${windows}`,
    "Wait that long, add a little randomness, and send the same request again. It was not carried out, and cost nothing.",
  ];
}

function outage({ api }: Reference): readonly string[] {
  const mode = api.server.limitsDown ?? "local";
  const words = {
    open:
      "If requests cannot be counted for a while, they are allowed through rather than blocked: the limiter fails open. " +
      "Do not rely on it.",
    local:
      "If requests cannot be counted together for a while, each of our servers counts alone: for that time more may pass, " +
      "and never without bound.",
    closed:
      "If requests cannot be counted for a while, they are refused with a 503 and `Retry-After`.",
  };
  const announced =
    mode === "closed" ? "" : ` Answers then carry the header ${code("Sluice-Degraded: limits")}.`;
  return ["## When counting fails", words[mode] + announced];
}

function raise({ api, about }: Reference): string {
  const byPlan = Object.values(api.wire.windows).some(({ limit }) => typeof limit !== "number");
  const ask = about.support === undefined ? "ask support" : `write to ${about.support}`;
  return byPlan
    ? `Move to a larger plan, or ${ask}.`
    : `${ask.charAt(0).toUpperCase()}${ask.slice(1)}.`;
}
