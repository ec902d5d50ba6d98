/** What must be true of a wire layer before anything is served. Each check says what to do about it. */

import { ERROR_EVENT } from "../event-stream.ts";
import { RATE_LIMIT_HEADERS } from "../headers.ts";
import { LIMIT_MAX, WINDOW_MS_MAX, WINDOW_MS_MIN } from "../limit.ts";
import { type EventStream, METHODS } from "../operation.ts";
import { parsePattern, shapeOf } from "../path.ts";
import type { WireDeclaration } from "../wire.ts";
import { Complaints } from "./advice.ts";
import { checkCatalogue } from "./catalogue.ts";
import { checkKeyFormat } from "./key.ts";

type Declaration = WireDeclaration<string, string, string, string>;

const REQUIRED = [
  "about",
  "basePath",
  "envelope",
  "codes",
  "conditions",
  "key",
  "plans",
  "windows",
  "headers",
  "operations",
];

const ABOUT_MEMBERS = ["title", "summary", "origin", "keysAt", "support", "docs", "status"];
const OPERATION_MEMBERS = ["method", "path", "summary", "idempotency", "stream"];

/** An absolute address as a header can hold it: ASCII, and nothing that would end a `Link` early. */
const ADDRESS = /^https?:\/\/[!#-;=?-~]+$/;
/** A name that headers and counters can carry as it is. */
const LIMIT_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export function checkWire(declaration: Declaration): void {
  const complaints = new Complaints();
  complaints.unknownMembers("", declaration, [...REQUIRED, "domain", "slots"]);
  complaints.missingMembers("", declaration, REQUIRED);
  complaints.settle("This API");
  checkAbout(declaration, complaints);
  checkCatalogue(declaration, complaints);
  checkKeyFormat(declaration.key, complaints);
  checkPlans(declaration, complaints);
  checkLimits(declaration, complaints);
  checkHeaders(declaration, complaints);
  checkOperations(declaration, complaints);
  complaints.settle(declaration.about.title || "This API");
}

function checkAbout({ about, basePath }: Declaration, complaints: Complaints): void {
  complaints.unknownMembers("about", about, ABOUT_MEMBERS);
  if (about.title.trim() === "") {
    complaints.add("about.title", "is empty", "give the API's name, as people say it");
  }
  for (const member of ["docs", "status"] as const) {
    const address = about[member];
    if (address !== undefined && !(ADDRESS.test(address) && URL.canParse(address))) {
      complaints.add(
        `about.${member}`,
        `"${address}" is no address`,
        "give an absolute URL, percent-encoded, such as https://docs.acme.dev",
      );
    }
  }
  if (about.origin !== undefined && !isOrigin(about.origin)) {
    complaints.add(
      "about.origin",
      `"${about.origin}" is no origin`,
      "write it like https://api.acme.dev, without a path",
    );
  }
  const base = parsePattern(basePath);
  if (basePath !== "" && (typeof base === "string" || basePath === "/" || base.params.length > 0)) {
    complaints.add(
      "basePath",
      `"${basePath}" is no path`,
      "write it like /api/v1, without a / at the end",
    );
  }
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function checkPlans({ plans }: Declaration, complaints: Complaints): void {
  if (plans.length === 0) {
    complaints.add("plans", "there are none", 'name at least one, such as ["standard"]');
  }
  if (new Set(plans).size !== plans.length) {
    complaints.add("plans", "a name appears twice", "give each plan its own name");
  }
}

function checkLimits(declaration: Declaration, complaints: Complaints): void {
  const operations = Object.keys(declaration.operations);
  for (const [name, window] of Object.entries(declaration.windows)) {
    const at = `windows.${name}`;
    checkLimitName(at, name, complaints);
    complaints.unknownMembers(at, window, ["per", "limit", "windowMs", "operations"]);
    complaints.wholeNumber(`${at}.windowMs`, window.windowMs, WINDOW_MS_MIN, WINDOW_MS_MAX);
    checkLimit(at, window, declaration.plans, operations, complaints);
  }
  for (const [name, slot] of Object.entries(declaration.slots ?? {})) {
    const at = `slots.${name}`;
    checkLimitName(at, name, complaints);
    complaints.unknownMembers(at, slot, ["per", "limit", "operations", "retryAfterMs"]);
    if (slot.retryAfterMs !== undefined) {
      complaints.wholeNumber(`${at}.retryAfterMs`, slot.retryAfterMs, 1, WINDOW_MS_MAX);
    }
    checkLimit(at, slot, declaration.plans, operations, complaints);
  }
}

function checkLimitName(at: string, name: string, complaints: Complaints): void {
  if (LIMIT_NAME.test(name)) return;
  complaints.add(at, "is no name", "use letters, digits, _ or -, starting with a letter");
}

function checkLimit(
  at: string,
  limit: Declaration["windows"][string] | NonNullable<Declaration["slots"]>[string],
  plans: readonly string[],
  operations: readonly string[],
  complaints: Complaints,
): void {
  complaints.unknownName(`${at}.per`, "owner", limit.per, ["key", "account"]);
  if (typeof limit.limit === "number") {
    complaints.wholeNumber(`${at}.limit`, limit.limit, 1, LIMIT_MAX);
  } else {
    for (const [plan, count] of Object.entries(limit.limit)) {
      complaints.unknownName(`${at}.limit.${plan}`, "plan", plan, plans);
      complaints.wholeNumber(`${at}.limit.${plan}`, count, 1, LIMIT_MAX);
    }
    for (const plan of plans) {
      if (limit.limit[plan] !== undefined) continue;
      complaints.add(`${at}.limit`, `plan "${plan}" has no number`, `add ${plan}: <number>`);
    }
  }
  if (limit.operations?.length === 0) {
    complaints.add(
      `${at}.operations`,
      "limits nothing",
      "name an operation or leave the limit out",
    );
  }
  for (const operation of limit.operations ?? []) {
    complaints.unknownName(`${at}.operations`, "operation", operation, operations);
  }
}

function checkHeaders({ headers, about, windows }: Declaration, complaints: Complaints): void {
  complaints.unknownMembers("headers", headers, [
    ...["rateLimit", "help", "creditsRemaining", "warning"],
  ]);
  complaints.unknownName("headers.rateLimit", "style", headers.rateLimit, RATE_LIMIT_HEADERS);
  if (headers.rateLimit !== "none" && Object.keys(windows).length === 0) {
    complaints.add(
      "headers.rateLimit",
      "there is no window to speak of",
      'declare one under windows, or set rateLimit: "none"',
    );
  }
  if (headers.help === true && about.docs === undefined) {
    complaints.add("headers.help", "there is nothing to link to", "set about.docs, or help: false");
  }
  for (const member of ["creditsRemaining", "warning"] as const) {
    const name = headers[member];
    if (name !== undefined && !/^[A-Za-z0-9-]+$/.test(name)) {
      const advice = "use letters, digits and -";
      complaints.add(`headers.${member}`, `"${name}" is no header name`, advice);
    }
  }
  const { creditsRemaining, warning } = headers;
  if (warning !== undefined && warning.toLowerCase() === creditsRemaining?.toLowerCase()) {
    const what = "is the name of headers.creditsRemaining, too";
    complaints.add("headers.warning", what, "give each a name of its own");
  }
}

function checkOperations({ operations }: Declaration, complaints: Complaints): void {
  const taken = new Map<string, string>();
  if (Object.keys(operations).length === 0) {
    complaints.add("operations", "there are none", "declare at least one operation");
  }
  for (const [name, operation] of Object.entries(operations)) {
    const at = `operations.${name}`;
    complaints.unknownMembers(at, operation, OPERATION_MEMBERS);
    complaints.unknownName(`${at}.method`, "method", operation.method, METHODS);
    if (operation.summary.trim() === "") {
      complaints.add(`${at}.summary`, "is empty", "say in one sentence what the operation does");
    }
    if (operation.idempotency && operation.method === "GET") {
      complaints.add(`${at}.idempotency`, "a GET repeats safely as it is", "leave it out");
    }
    if (operation.stream !== undefined) checkStream(`${at}.stream`, operation.stream, complaints);
    const pattern = parsePattern(operation.path);
    if (typeof pattern === "string") {
      complaints.add(`${at}.path`, pattern, "write it like /brands/{brandId}");
      continue;
    }
    const place = `${operation.method} ${shapeOf(pattern)}`;
    const first = taken.get(place);
    if (first !== undefined) {
      complaints.add(
        at,
        `never reached: ${first} has the same method and path`,
        "remove one of them",
      );
    }
    taken.set(place, name);
  }
}

function checkStream(at: string, stream: EventStream, complaints: Complaints): void {
  complaints.unknownMembers(at, stream, ["completion"]);
  const completion: object = stream.completion ?? {};
  complaints.unknownMembers(`${at}.completion`, completion, ["event", "data"]);
  const [[member, value] = [], ...more] = Object.entries(completion);
  const isText = typeof value === "string" && value !== "" && !/[\r\n]/.test(value);
  // An event of that name is the end of a stream that failed.
  const isError = member === "event" && value === ERROR_EVENT;
  if (more.length === 0 && isText && !isError) return;
  complaints.add(
    `${at}.completion`,
    "no event can be told by this",
    'write it like { event: "response.completed" } or { data: "[DONE]" }',
  );
}
