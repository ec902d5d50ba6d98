/** `bench/CORRECTNESS.md`: the scoreboard as a page, without anything of the machine that it was played on. */
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { PACKAGES, PEERS } from "../clients/line-up.ts";
import type { Played } from "../conductor.ts";
import { CONTENDERS } from "../line-up.ts";
import { sign } from "./marks.ts";

const INTRODUCTION = `# Correctness, side by side

One adversarial trace a promise, played against Sluice and against each peer that can express it. Written by \`npm run scoreboard\`
(under three minutes; \`-- --only "edge of window"\` plays one row and writes nothing); by hand only its source is changed, in
\`bench/src/correctness\`: a file a promise, a file a contender.

✓ kept what was asked · ✗ did not · – has no words for it. **ours ✗** marks rows that we lose.

How it is played:

- What counts in its own process is played in virtual time, windows of 60 s, through its framework's own test door (no socket); what has a
  store is played in real time against a real Redis or PostgreSQL of its own, windows of 2 s. A limit is ten calls a window.
- Each peer is set as its own page says, in the mode that serves it best here; the configuration stands below. Where one promises less on
  purpose, its row says so: a ✗ is a difference, not always a defect.
- Unkey is a service and cannot be run here, so it has no column.
- Sluice's columns are its limiter alone, or a whole gate where keys, credits or slots are asked for. Our wall clock, our processes and our
  stores are treated no better than theirs.
`;

export function documentOf(servers: readonly Played[], clients: readonly Played[]): string {
  const parts = [
    INTRODUCTION,
    "## Limiters and gates\n",
    table(servers),
    ...servers.map(details),
    "## Callers\n",
    "Against servers by script, in virtual time; each library as somebody sets it who has read its documentation.\n",
    table(clients),
    ...clients.map(details),
    "## Who was set up how\n",
    ...CONTENDERS.map(
      ({ name, packages, setUp }) => `- **${name}**${versions(packages)}: ${setUp}.`,
    ),
    ...PEERS.map(
      ({ name, tuning }) =>
        `- **${name}**${versions(PACKAGES[name] ?? [])}: ${tuning === undefined ? "its defaults" : code(tuning)}.`,
    ),
  ];
  return `${parts.join("\n")}\n`;
}

function table(rows: readonly Played[]): string {
  const names = [...(rows[0]?.findings.keys() ?? [])];
  const lines = rows.map(({ row, findings }) => {
    const signs = names.map((name) => sign(findings.get(name)));
    return `| [${row.name}](#${anchor(row.name)}) | ${signs.join(" | ")} |`;
  });
  const heading = `| | ${names.join(" | ")} |`;
  return [heading, `| --- |${" :-: |".repeat(names.length)}`, ...lines, ""].join("\n");
}

function details({ row, findings }: Played): string {
  const loses = isLost({ row, findings });
  const said = [...findings].filter(([, found]) => found !== undefined);
  const silent = [...findings].filter(([, found]) => found === undefined).map(([name]) => name);
  return [
    `### ${row.name}\n`,
    `${loses ? "**ours ✗** " : ""}*Asked:* ${row.asked}\n`,
    `*Trace:* ${row.trace}\n`,
    ...(row.note === undefined ? [] : [`*Note:* ${row.note}\n`]),
    ...(loses && row.onPurpose !== undefined ? [`*Why ours does not:* ${row.onPurpose}\n`] : []),
    ...said.map(([name, found]) => `- ${sign(found)} ${name}: ${found?.did}`),
    ...(silent.length === 0 ? [] : [`- – No words for it: ${silent.join("; ")}`]),
    "",
  ].join("\n");
}

function isLost({ findings }: Played): boolean {
  return [...findings].some(
    ([name, found]) => name.startsWith("sluice") && found?.mark === "broken",
  );
}

/** As GitHub makes it of a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}

function versions(packages: readonly string[]): string {
  if (packages.length === 0) return "";
  return ` (${packages.map((name) => `${name} ${versionOf(name)}`).join(", ")})`;
}

/** Some packages do not export their manifest. */
function versionOf(name: string): string {
  const file = new URL(`../../../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function code(tuning: Readonly<Record<string, unknown>>): string {
  return `\`${inspect(tuning, { breakLength: Number.POSITIVE_INFINITY, depth: 4 })}\``;
}
