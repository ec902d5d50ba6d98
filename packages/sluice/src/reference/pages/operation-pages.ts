/** Operations: each with what it takes, what it costs, who may call it, and every way in which it can refuse. */
import { expectation, type JsonSchema, type Schema, schemaAt } from "../../contract/index.ts";
import { linkTo, PAGES, pathOfCode } from "../model/addresses.ts";
import { type Place, paramOf, placesIn } from "../model/input-schema.ts";
import { limitsByPlan, type OperationReference } from "../model/operation.ts";
import type { Reference } from "../model/reference.ts";
import { count, duration, listed } from "../model/words.ts";
import { priceWords } from "./credits.ts";
import { blocks, code, type DocPage, fence, link, prettyJson, table } from "./markdown.ts";
import { curlText } from "./request-text.ts";

export function operationsPage({ operations, about, baseUrl }: Reference): DocPage {
  const from = PAGES.operations;
  const summary = `Every call of ${about.title}, with its price and everything that it can be refused for.`;
  const rows = operations.map(({ wire, path, server }) => [
    link(code(`${wire.method} ${wire.path}`), linkTo(from, path)),
    wire.summary,
    priceWords(server.price),
  ]);
  const markdown = blocks(
    "# Operations",
    `All paths are below ${code(baseUrl)}.`,
    table(["Call", "What it does", "Credits"], rows),
  );
  return { path: from, title: "Operations", summary, markdown };
}

export function operationPage(reference: Reference, one: OperationReference): DocPage {
  const { wire, name } = one;
  const title = `${wire.method} ${wire.path}`;
  const markdown = blocks(
    `# ${title}`,
    wire.summary,
    facts(reference, one),
    "## Example",
    fence("sh", curlText(one.request)),
    `A success is answered with ${code(one.successStatus)}.`,
    one.server.example?.output === undefined
      ? undefined
      : fence("json", prettyJson(one.server.example.output)),
    ...inputs(one),
    "## Refusals",
    refusals(reference, one),
  );
  return { path: one.path, title: `${name}: ${title}`, summary: wire.summary, markdown };
}

function facts(reference: Reference, one: OperationReference): string {
  const { server, wire, name } = one;
  const plans = one.plans?.map((plan) => reference.api.server.plans[plan]?.title ?? plan);
  const rows: (readonly string[])[] = [
    ["Credits", priceWords(server.price)],
    ["Plans", plans === undefined ? "all" : listed(plans)],
  ];
  if (server.permission !== undefined) rows.push(["Permission", code(server.permission)]);
  for (const window of one.windows) {
    rows.push([
      "Rate limit",
      `${byPlan(reference, window)} in ${duration(window.windowMs)}, per ${window.per}`,
    ]);
  }
  for (const slot of one.slots)
    rows.push(["At once", `${byPlan(reference, slot)}, per ${slot.per}`]);
  if (wire.idempotency) rows.push(["Idempotency-Key", "accepted"]);
  if (wire.stream !== undefined) rows.push(["Streams", streamWords(wire.stream.completion)]);
  if (server.detaches !== undefined) rows.push(["Job", jobWords(server.detaches.maxAgeMs)]);
  if (server.upgrades !== undefined) rows.push(["Upgrades", "to a WebSocket"]);
  return table(["Operation", code(name)], rows);
}

function byPlan({ api }: Reference, limit: Parameters<typeof limitsByPlan>[1]): string {
  const rows = limitsByPlan(api, limit);
  if (rows.every((row) => row.limit === rows[0]?.limit)) return count(rows[0]?.limit ?? 0);
  return rows.map((row) => `${count(row.limit)} (${row.title})`).join(", ");
}

function streamWords(completion: { readonly event: string } | { readonly data: string }): string {
  const last =
    "event" in completion
      ? `the event ${code(completion.event)}`
      : code(`data: ${completion.data}`);
  return `as server-sent events, if asked to; ${last} says that all went well, an event ${code("error")} that it did not`;
}

function jobWords(maxAgeMs: number): string {
  return `goes on after the answer, for ${duration(maxAgeMs)} at most`;
}

function inputs({ server, schemas }: OperationReference): readonly string[] {
  return [
    ...fields("Path parameters", server.params, schemas.params),
    ...fields("Query parameters", server.query, schemas.query),
    ...fields("Body", server.body, schemas.body),
    ...(server.passesBody ? ["## Body", "Of any type; it is passed on as it comes."] : []),
  ];
}

function fields(
  title: string,
  schema: Schema | undefined,
  json: JsonSchema | undefined,
): readonly string[] {
  if (schema === undefined) return [];
  if (json === undefined) return [`## ${title}`, "See the reference of the operation."];
  const rows = placesIn(json).map(({ place, required }) => [
    code(paramOf(place)),
    wordsFor(schema, json, place),
    required ? "yes" : "no",
  ]);
  return rows.length === 0 ? [] : [`## ${title}`, table(["Name", "Is", "Required"], rows)];
}

function wordsFor(schema: Schema, json: JsonSchema, place: Place): string {
  const words = expectation(schema, place)
    .replaceAll(/(^|, or )must be /g, "$1")
    .replaceAll(/\d{5,}/g, (digits) => count(Number(digits)));
  const pattern = schemaAt(json, place)?.["pattern"];
  return typeof pattern === "string"
    ? // By a function: a pattern may hold what a replacement means by "$".
      words.replace("in the documented format", () => `of the form ${code(pattern)}`)
    : words;
}

function refusals({ codes }: Reference, one: OperationReference): string {
  const rows = codes
    .filter(({ code: name }) => one.codes.includes(name))
    .toSorted((a, b) => a.status - b.status)
    .map(({ code: name, status, summary, advice }) => [
      link(code(name), linkTo(one.path, pathOfCode(name))),
      status,
      summary,
      advice.retry,
    ]);
  return table(["Code", "Status", "What it is, and what to do", "Retry"], rows);
}
