// The scoreboard as a page: pure functions from what was measured to Markdown. What we lose comes first.

import { figure } from "../results/cell.ts";
import { LEAST_ROUNDS } from "../results/control.ts";
import { faultsOf } from "../results/faults.ts";
import type { Cell, ResultRow, Table } from "../results/table.ts";
import { printedColumns } from "../results/terminal.ts";
import { type Finding, findingsOf, noiseOf } from "../results/verdict.ts";
import type { Environment } from "./environment.ts";
import { type Loss, lossesOf } from "./losses.ts";
import type { Part } from "./parts.ts";
import { type PartRecord, RESULTS_FOLDER } from "./record.ts";

/** What is known of the parts; those without a record have not been measured. */
export function scoreboardPage(parts: readonly Part[], records: readonly PartRecord[]): string {
  const recordOf = ({ id }: Part) => records.find(({ part }) => part === id);
  return [
    "# The scoreboard of speed",
    "Written by `npm run bench`; [what the words mean](README.md#the-scoreboard). Figures are medians, in brackets the least " +
      "and the most of the rounds; _rerun it alone_ is the command of the row.",
    records.some(isSmoke)
      ? `**Not all of it is a measurement: some has fewer than ${LEAST_ROUNDS} rounds.**`
      : "",
    ...(records.length === 0
      ? ["Nothing has been measured yet."]
      : [lossList(parts, records, "lost"), lossList(parts, records, "undecided")]),
    environmentTable(records),
    ...parts.map((part) => partText(part, recordOf(part), mostCommon(records))),
  ]
    .filter((text) => text !== "")
    .join("\n\n")
    .concat("\n");
}

const LISTS = {
  lost: {
    title: "Rows that we lose",
    none: "None: no peer is better than our best row, and every aim is met.",
  },
  undecided: {
    title: "Undecided within the noise",
    none: "None.",
  },
} as const;

function lossList(
  parts: readonly Part[],
  records: readonly PartRecord[],
  outcome: Loss["outcome"],
): string {
  const { title, none } = LISTS[outcome];
  let count = 0;
  const lines = parts.flatMap(({ id, title: part }) => {
    const { tables = [] } = records.find((record) => record.part === id) ?? {};
    return tables.flatMap((table) => {
      const losses = lossesOf(table).filter((loss) => loss.outcome === outcome);
      const link = `[${safe(table.title)}](#${anchorOf(id, table)})`;
      const figures = [...Map.groupBy(losses, ({ figureOf }) => figureOf)].map(figureLine);
      count += losses.length;
      return figures.length === 0 ? [] : [`- ${part}: ${link}`, ...figures];
    });
  });
  return `## ${title}: ${count}\n\n${lines.length === 0 ? none : lines.join("\n")}`;
}

/** All rows by the same figure. */
function figureLine([figureOf, losses]: readonly [string, readonly Loss[]]): string {
  const rows = losses.map(({ row, text }) => `${row ? `**${safe(row)}** ` : ""}${safe(text)}`);
  return `  - ${safe(figureOf)}: ${rows.join("; ")}`;
}

/** Of the part that was measured last: the others say where they differ. */
function mostCommon(records: readonly PartRecord[]): Environment {
  const newest = records.toSorted((a, b) => a.measuredAt.localeCompare(b.measuredAt)).at(-1);
  return newest?.environment ?? {};
}

function environmentTable(records: readonly PartRecord[]): string {
  const lines = Object.entries(mostCommon(records)).map(
    ([name, value]) => `| ${safe(name)} | ${safe(value)} |`,
  );
  if (lines.length === 0) return "";
  return ["## Where", "", "| | |", "| --- | --- |", ...lines].join("\n");
}

function partText(part: Part, record: PartRecord | undefined, usual: Environment): string {
  const heading = `## ${part.title}`;
  const again = `\`npm run bench -- --only ${part.id}\``;
  if (record === undefined) return `${heading}\n\nNot measured yet: ${again}`;
  const { plan, tables, fault, measuredAt, tookMs } = record;
  const minutes = (tookMs / 60_000).toFixed(1);
  const rounds = plan === undefined ? "" : `, ${plan.rounds} rounds of ${plan.seconds} s`;
  const isToldBelow = tables.some((table) => faultsOf(table).length > 0);
  return [
    heading,
    `${again}, measured ${measuredAt.slice(0, 16).replace("T", " ")} UTC in ${minutes} minutes${rounds}.`,
    isSmoke(record)
      ? `**A smoke test: fewer than ${LEAST_ROUNDS} rounds. Quote nothing of it.**`
      : "",
    fault !== undefined && !isToldBelow ? `**It failed:** ${safe(fault)}` : "",
    otherwise(record.environment, usual),
    ...tables.map((table) => tableText(part, table)),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function isSmoke({ plan }: PartRecord): boolean {
  return plan !== undefined && plan.rounds < LEAST_ROUNDS;
}

function otherwise(environment: Environment, usual: Environment): string {
  const names = Object.keys(environment).filter((name) => environment[name] !== usual[name]);
  const differences = names.map((name) => `${name} ${environment[name]}`);
  return differences.length === 0 ? "" : `Measured elsewhere: ${safe(differences.join("; "))}.`;
}

function tableText(part: Part, table: Table): string {
  const heading = `<a id="${anchorOf(part.id, table)}"></a>\n\n### ${safe(table.title)}`;
  if (table.fault !== undefined) {
    const again = `\`npm run ${part.command} -- --only ${table.id}/\``;
    return `${heading}\n\n**Nothing to quote:** ${safe(table.fault)}. Again: ${again}`;
  }
  const pictures = table.pictures.map(
    (name) => `![${safe(name)}](${RESULTS_FOLDER}/${encodeURI(name)}.svg)`,
  );
  const notes = [...table.notes.map(safe), noiseNote(table)].filter((note) => note !== "");
  const failures = (table.failures ?? []).map((why) => `- **Failed:** ${safe(why)}`);
  return [
    heading,
    table.rows.length === 0 ? "" : rowsText(table),
    failures.join("\n"),
    notes.map((note) => `- ${note}`).join("\n"),
    aimsText(table),
    pictures.join("\n"),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function rowsText(table: Table): string {
  const columns = printedColumns(table);
  const findings = findingsOf(table);
  const headings = ["", ...columns.map(({ heading }) => safe(heading)), "we", "rerun it alone"];
  const lines = table.rows.map((row) => [
    nameOf(row),
    ...columns.map(({ text }) => safe(text(row.cells))),
    markOf(row, table, findings),
    `\`${row.rerun.replaceAll("|", "\\|")}\``,
  ]);
  const rule = headings.map((_, at) => (at === 0 || at > columns.length ? "---" : "---:"));
  return [headings, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function nameOf({ name, side }: ResultRow): string {
  if (side === "ours") return `**${safe(name)}**`;
  return side === "bound" ? `_${safe(name)}_` : safe(name);
}

/** What the row says of us, and by which figures where there is more than one to look at. */
function markOf({ name, cells }: ResultRow, table: Table, findings: readonly Finding[]): string {
  const own = findings.filter(({ row }) => row === name);
  const judged = cells.filter(
    (cell, column) => cell.bar !== undefined || table.columns[column]?.better !== undefined,
  ).length;
  const words = { lost: "**lose**", undecided: "undecided", missed: "**miss the aim**" } as const;
  const kindOf = ({ outcome, rival }: Finding) =>
    outcome === "lost" && rival === undefined ? "missed" : outcome;
  return (["lost", "missed", "undecided"] as const)
    .flatMap((kind) => {
      const some = own.filter((finding) => kindOf(finding) === kind);
      const by = some.map(({ column }) => safe(table.columns[column]?.heading ?? "")).join(", ");
      return some.length === 0 ? [] : [judged > 1 ? `${words[kind]}: ${by}` : words[kind]];
    })
    .join("; ");
}

function noiseNote(table: Table): string {
  const noise = noiseOf(table);
  const column = noise.findIndex((one) => one !== undefined);
  const cell: Cell | undefined = table.rows.find(({ name }) => name === table.control)?.cells[
    column
  ];
  const width = noise[column];
  if (cell?.rounds === undefined || width === undefined) return "";
  const heading = table.columns[column]?.heading ?? "";
  return (
    `noise: “${safe(table.control ?? "")}” reads ${figure(cell.rounds, 2).text} in ${safe(heading)}; ` +
    `what is no further apart than ${width.toFixed(2)} is undecided`
  );
}

function aimsText({ aims }: Table): string {
  return aims
    .map(({ text, wanted, figure: read, isMet }) => {
      const met = isMet ? "Aim met" : "**Aim missed**";
      return `- ${met}: ${safe(text)}: ${safe(read)} (wanted: ${safe(wanted)})`;
    })
    .join("\n");
}

function anchorOf(part: string, { id }: Table): string {
  return `${part}-${id}`;
}

/** Nothing of a name or a figure is Markdown. */
function safe(text: string): string {
  return text
    .replaceAll(/[\\|*_[\]`#]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(/\s*\n\s*/g, " ");
}
