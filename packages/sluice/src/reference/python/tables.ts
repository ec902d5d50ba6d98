/** One API's own part of the Python file: its contract as tables, and a class for each code. */
import { assert } from "../../base/index.ts";
import {
  type AnyApi,
  type AnyWire,
  type Completion,
  type Page,
  type PathPattern,
  routesOf,
} from "../../contract/index.ts";
import { classNames } from "./class-names.ts";
import { envelopePointers } from "./envelope-pointers.ts";
import { docstring, literal, longText, type PythonValue } from "./literal.ts";

/** The constants at the top. */
export function tables({ wire, pages }: AnyApi): string {
  const { about, key, codes } = wire;
  const [place] = key.places;
  const header = place !== undefined && "header" in place ? place.header : undefined;
  const entries = Object.entries(codes).map(([code, entry]) => {
    const { status, type = null, retry, action, charged = "no" } = entry;
    const conditions = wire.spellings.conditionsOf(code);
    const facts = [status, type, retry, action, charged, conditions].map(literal);
    const said = longText(plainText(pageOf(pages, code).endUser), "        ");
    const members = `        ${facts.join(", ")},\n        ${said},`;
    return `    ${literal(code)}: CodeFacts(\n${members}\n    ),`;
  });
  return [
    `API = ${literal(about.title)}`,
    `BASE_PATH = ${literal(wire.basePath)}`,
    "#: Where the pages are; a code's own below it.",
    `DOCS: Optional[str] = ${literal(about.docs?.replace(/\/$/, "") ?? null)}`,
    "#: What keys start with, and the header that carries one.",
    `KEY_PREFIXES: Tuple[str, ...] = ${literal(Object.values(key.prefixes))}`,
    `KEY_HEADER = ${literal(header ?? "Authorization")}`,
    `KEY_SCHEME = ${literal(header === undefined ? "Bearer " : "")}`,
    `PLANS: Tuple[str, ...] = ${literal(wire.plans)}`,
    "",
    "#: Where an error body has what.",
    "ENVELOPE: Dict[str, Tuple[Union[str, int], ...]] = {",
    ...rowsOf(envelopePointers(wire.envelope)),
    "}",
    "",
    "CODES: Dict[str, CodeFacts] = {",
    ...entries,
    "}",
    "",
    "#: How the API would have refused what is not even sent.",
    `SPELLED = ${literal(spelled(wire))}`,
    "",
    "#: The narrowest pattern first.",
    "OPERATIONS: Tuple[Operation, ...] = (",
    ...operationsOf(wire),
    ")",
    "",
    "WINDOWS: Tuple[Window, ...] = (",
    ...windowsOf(wire),
    ")",
  ].join("\n");
}

function pageOf(pages: Readonly<Record<string, Page>>, code: string): Page {
  const page = pages[code];
  assert(page !== undefined, () => `${code} has no page`);
  return page;
}

function rowsOf(members: Readonly<Record<string, PythonValue>>): readonly string[] {
  return Object.entries(members).map(([name, one]) => `    ${literal(name)}: ${literal(one)},`);
}

function spelled({ spellings }: AnyWire): Readonly<Record<string, string>> {
  const codeOf = (condition: string) => spellings.codeOf(condition, undefined, undefined) ?? "";
  return { unavailable: codeOf("unavailable"), rate_limited: codeOf("rate_limited") };
}

function operationsOf({ operations }: AnyWire): readonly string[] {
  const routes = routesOf(operations).map(({ operation, method, pattern }) => ({
    operation,
    method,
    pattern,
    rank: pattern.segments.map(({ isRest, param }) => (isRest ? 2 : param ? 1 : 0)).join(""),
  }));
  routes.sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
  return routes.map(({ operation, method, pattern }) => {
    const { idempotency = false, stream } = operations[operation] ?? {};
    const path = `r${literal(expressionOf(pattern)).replaceAll("\\\\", "\\")}`;
    const completion = stream === undefined ? null : completionOf(stream.completion);
    const parts = [literal(operation), literal(method), path, literal(idempotency)];
    return `    Operation(${parts.join(", ")}, ${literal(completion)}),`;
  });
}

function expressionOf({ segments }: PathPattern): string {
  const parts = segments.map(({ text, param, isRest }) =>
    isRest ? "(?:/.*)?" : param ? "/[^/]+" : `/${text.replaceAll(".", "\\.")}`,
  );
  return parts.join("") || "/";
}

function completionOf(completion: Completion): readonly string[] {
  return "event" in completion ? ["event", completion.event] : ["data", completion.data];
}

function windowsOf({ windows }: AnyWire): readonly string[] {
  return Object.entries(windows).map(([name, { limit, windowMs, operations = null }]) => {
    const values: readonly PythonValue[] = [name, limit, windowMs, operations];
    return `    Window(${values.map(literal).join(", ")}),`;
  });
}

/** A class for each code, and where to find it. */
export function classes({ wire, pages }: AnyApi): string {
  const names = classNames(Object.keys(wire.codes));
  const own = Array.from(names, ([code, name]) => {
    const sentence = firstSentence(pageOf(pages, code).whatHappened);
    const about = docstring(`${wire.codes[code]?.status}: ${sentence}`, "    ");
    return `class ${name}(ApiError):\n${about}\n\n    code = ${literal(code)}\n`;
  });
  const all = [...names.values(), "ConnectionFailedError", "NoAnswerInTimeError", "UnknownError"];
  const listed = all.map((name) => `        ${name},`).join("\n");
  const table = `#: The class of each code.\nERRORS: Dict[str, Type[ApiError]] = {\n    one.code: one\n    for one in (\n${listed}\n    )\n}`;
  return [...own, table].join("\n\n");
}

/** Of the first paragraph; what announces a list ends there. */
function firstSentence(markdown: string): string {
  const [paragraph = ""] = markdown.split(/\n\n|\n(?=[-*] )/);
  const [sentence = ""] = plainText(paragraph).split(/(?<=[.!?]) /);
  return sentence.replace(/:$/, ".");
}

/** Markdown as people read it who see no Markdown: without marks, on one line. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*]+/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
