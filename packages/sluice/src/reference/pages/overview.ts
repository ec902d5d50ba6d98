/** The overview: the error body, the statuses, every code, request ids, what to log, where to get help. */
import { REQUEST_ID } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfCode } from "../model/addresses.ts";
import type { CodeReference } from "../model/code.ts";
import type { EnvelopeMember, EnvelopeRole } from "../model/envelope-members.ts";
import { EXAMPLE_REQUEST_ID } from "../model/example.ts";
import type { Reference } from "../model/reference.ts";
import { listed } from "../model/words.ts";
import {
  blocks,
  code,
  type DocPage,
  fence,
  link,
  list,
  prettyJson,
  steps,
  table,
} from "./markdown.ts";

const HERE = PAGES.overview;

export function overviewPage(reference: Reference): DocPage {
  const { title } = reference.about;
  const summary = `What a failed call to ${title} looks like, what every code means, and what to do about it.`;
  const markdown = blocks(
    "# Errors",
    `Every failed call to ${title} is answered in the same form. Look at the HTTP status first, then at the code: ` +
      "each has a page of its own, with its cause, its fix and an example.",
    "## The error body",
    fence("json", prettyJson(JSON.parse(sample(reference).example.response.body))),
    members(reference),
    `Nothing else is ever in it, whatever went wrong. It comes with ${code(contentType(reference))}.`,
    "## HTTP statuses",
    table(
      ["Status", "Meaning", "Codes"],
      reference.statuses.map(({ status, phrase, means, codes }) => [
        `${code(status)} ${phrase}`,
        means,
        codes.map((one) => codeLink(one)).join(", "),
      ]),
    ),
    "## Error codes",
    table(
      ["Code", "Status", "What it is, and what to do", "Retry"],
      reference.codes.map(({ code: name, status, summary: what, advice }) => [
        codeLink(name),
        status,
        what,
        advice.retry,
      ]),
    ),
    ...types(reference),
    ...requestIds(reference),
    ...logging(reference),
    ...debugging(reference),
    ...help(reference),
    "## See also",
    list([
      `${link("Error handling", linkTo(HERE, PAGES.handling))}: retries, backoff, breaker, messages for users`,
      `${link("Authentication", linkTo(HERE, PAGES.authentication))}: fix a 401`,
      `${link("Rate limits", linkTo(HERE, PAGES.rateLimits))}: handle a 429`,
      `${link("Credits and budgets", linkTo(HERE, PAGES.credits))}: what a call costs, and what it does when they run out`,
    ]),
  );
  return { path: HERE, title: "Errors", summary, markdown };
}

function codeLink(name: string): string {
  return link(code(name), linkTo(HERE, pathOfCode(name)));
}

/** The one that shows most of the envelope. */
function sample({ codes }: Reference): CodeReference {
  const shown = codes.toSorted((a, b) => interest(b) - interest(a));
  return shown[0] as CodeReference;
}

function interest({ example, status }: CodeReference): number {
  const hasNull = example.response.body.includes("null");
  return (status < 500 ? 1 : 0) + (hasNull ? 0 : 2) + (example.given === undefined ? 2 : 0);
}

const ROLES: Readonly<Record<EnvelopeRole, (reference: Reference) => string>> = {
  message: () =>
    "What went wrong, as a sentence in plain English: for logs, and for people. It may be reworded at any time, so never " +
    "compare it.",
  code: () =>
    "What went wrong, for programs: a stable identifier, never renamed and never used for something else.",
  type: ({ codes }) => {
    const types = [...new Set(codes.flatMap(({ entry }) => entry.type ?? []))];
    return `The category of the error: ${listed(types.map(code), "or")}.`;
  },
  param: () =>
    "The parameter, field or header that caused the error. Nested fields are dotted, items of lists are counted from 0: " +
    "`messages.0.role`.",
  status: () => "The HTTP status again.",
  help: () => "The address of the page about this code.",
};

const EMPTY: Readonly<Record<EnvelopeMember["whenEmpty"], string>> = {
  present: "always",
  null: "always; `null` where there is none",
  absent: "where there is one",
  other: "always",
};

function members(reference: Reference): string {
  const rows = reference.envelope.map(({ path, role, whenEmpty }) => [
    code(path.join(".")),
    role === undefined ? "Always the same." : ROLES[role](reference),
    EMPTY[whenEmpty],
  ]);
  return table(["Member", "Meaning", "There"], rows);
}

function contentType({ api }: Reference): string {
  return `Content-Type: ${api.wire.envelope.contentType}`;
}

function types(reference: Reference): readonly (string | undefined)[] {
  const { codes } = reference;
  const names = [...new Set(codes.flatMap(({ entry }) => entry.type ?? []))];
  if (names.length === 0 || !reference.envelope.some(({ role }) => role === "type")) return [];
  const rows = names.map((name) => {
    const own = codes.filter(({ entry }) => entry.type === name);
    const statuses = [...new Set(own.map(({ status }) => status))].toSorted((a, b) => a - b);
    return [code(name), statuses.join(", "), own.map(({ code: one }) => codeLink(one)).join(", ")];
  });
  return ["## Error types", table(["Type", "Status", "Codes"], rows)];
}

function requestIds({ about }: Reference): readonly string[] {
  return [
    "## Request IDs",
    `Every answer, good or bad, carries a header ${code(REQUEST_ID)}, such as ${code(EXAMPLE_REQUEST_ID)}. ` +
      `Keep it with whatever you log: it is how ${about.title} finds the very request, the steps that it took and what ` +
      "refused it.",
    "You may send an id of your own in the same header. It is kept beside ours and comes back as `X-Client-Request-Id`.",
  ];
}

function logging(reference: Reference): readonly string[] {
  const { code: name, status, example } = sample(reference);
  const { envelope, api, about } = reference;
  const placeOf = (role: EnvelopeRole) => envelope.find((member) => member.role === role)?.path;
  const { live } = api.wire.key.prefixes;
  const decoded = api.wire.envelope.decode(JSON.parse(example.response.body));
  const rows = [
    ["Error code", from(placeOf("code"))],
    ["Error message", from(placeOf("message"))],
    ...(placeOf("param") === undefined
      ? []
      : [["Param", `${from(placeOf("param"))}, for validation errors`]]),
    ["HTTP status", `such as ${listed(statusesIn(reference).map(String), "or")}`],
    [
      "Endpoint",
      `method and path, such as ${code(`${example.request.method} ${example.request.target}`)}`,
    ],
    ["Timestamp", "when the error occurred, with its time zone"],
    ["Request ID", `from the header ${code(REQUEST_ID)}`],
    ["API key prefix", "the first 10 characters only"],
  ];
  const record = {
    at: "2026-06-15T09:30:12.345Z",
    endpoint: `${example.request.method} ${example.request.target}`,
    status,
    code: name,
    message: decoded?.message,
    ...(decoded?.param !== undefined && { param: decoded.param }),
    requestId: EXAMPLE_REQUEST_ID,
    keyPrefix: `${live.slice(0, 10)}`,
  };
  return [
    "## Logging for support",
    `Log these for every failed call, as a structured record. They are what support asks for. Never log or share a full ` +
      `API key: a prefix (${code(`${live}...`)}) is enough to tell your keys apart.`,
    table(["Field", "Where it is from"], rows),
    fence("json", JSON.stringify(record, null, 2)),
    about.status === undefined
      ? ""
      : `Outages are announced on the ${link("status page", about.status)}.`,
  ];
}

/** Some that everybody meets. */
function statusesIn({ statuses }: Reference): readonly number[] {
  return statuses.map(({ status }) => status).filter((status) => [401, 402, 429].includes(status));
}

function from(path: readonly (string | number)[] | undefined): string {
  return path === undefined ? "not in the body" : `from ${code(path.join("."))}`;
}

function debugging(reference: Reference): readonly string[] {
  const { api, envelope, origin } = reference;
  const { key } = api.wire;
  const param = envelope.find(({ role }) => role === "param");
  return [
    "## Debugging tips",
    steps([
      "**Log the request and the answer.** Request ID, timestamp and the whole error body are enough to find nearly " +
        "everything; leave out the key.",
      param === undefined
        ? "**Read the message.** For validation errors it names the field, and says what it must be."
        : `**Check ${code("param")}.** It tells exactly which field caused a validation error; the message says what it must be.`,
      `**Verify the key's format.** A key starts with ${code(key.prefixes.live)}, has ` +
        `${key.prefixes.live.length + key.length} characters in all, and must be exactly as it was copied: no quote, no space, ` +
        "no line break.",
      `**Test with curl first.** Every page here has a line to paste. If curl against ${code(origin)} works and your program ` +
        "does not, the difference between the two requests is the error.",
    ]),
  ];
}

function help({ about }: Reference): readonly string[] {
  const status =
    about.status === undefined
      ? "Check the status page for outages."
      : `Check the ${link("status page", about.status)} for outages.`;
  const write =
    about.support === undefined
      ? `Contact ${about.title}'s support with:`
      : `Contact ${link(about.support, `mailto:${about.support}`)} with:`;
  const what = list([
    "the error message and code",
    "details of the request: endpoint and parameters",
    "the timestamp",
    "the request ID",
    "your API key's prefix: the first 10 characters only",
  ]);
  return [
    "## Getting help",
    "If an error persists:",
    steps([status, "Review the message and the page of the code.", `${write}\n\n${what}`]),
  ];
}
