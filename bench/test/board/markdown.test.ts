import { describe, expect, it } from "vitest";
import { scoreboardPage } from "../../src/board/markdown.ts";
import { PARTS } from "../../src/board/parts.ts";
import type { PartRecord } from "../../src/board/record.ts";
import { atLeast, beats, counted } from "../../src/results/cell.ts";
import type { Table } from "../../src/results/table.ts";
import { ratio, row, table } from "../results/tables.ts";

const CONTROL = row("A/A", "bound", ratio([0.98, 1, 1.03]));

function record(part: string, more: Partial<PartRecord> = {}): PartRecord {
  return {
    part,
    measuredAt: "2026-11-22T19:51:07.000Z",
    tookMs: 90_000,
    environment: { CPU: "Xeon, 2 cores", Sluice: "abc1234 of 2026-11-22" },
    plan: { rounds: 3, seconds: 2 },
    tables: [],
    ...more,
  };
}

function pageOf(one: Table): string {
  return scoreboardPage(PARTS, [record("gate", { tables: [one] })]);
}

function lineOf(page: string, start: string): string {
  return page.split("\n").find((line) => line.startsWith(start)) ?? "";
}

describe("the page of results", () => {
  const ours = row("ours", "ours", ratio([0.5, 0.52, 0.55], atLeast(0.85)));
  const winner = row("winner", "peer", ratio([0.7, 0.72, 0.8]));
  const loser = row("loser", "peer", ratio([0.1, 0.2, 0.3]));
  const close = row("close", "peer", ratio([0.51, 0.53, 0.54]));
  const all = table([CONTROL, ours, winner, loser, close], { control: "A/A" });

  it("has a line for each row: median and spread, aim, mark, and the command that measures it alone", () => {
    expect(lineOf(pageOf(all), "| winner")).toBe(
      '| winner | 0.72 (0.70–0.80) |  | **lose** | `npm run bench:some -- --only "some/winner"` |',
    );
    expect(lineOf(pageOf(all), "| **ours**")).toContain(
      "| 0.52 (0.50–0.55) | ≥ 0.85 MISSED | **miss the aim** |",
    );
  });

  it("marks what the noise leaves open, and nothing where we are ahead", () => {
    expect(lineOf(pageOf(all), "| close")).toContain("| undecided |");
    expect(lineOf(pageOf(all), "| loser")).toContain("| 0.20 (0.10–0.30) |  |  | `npm");
  });

  it("lists what is lost at its top, and what is undecided below it", () => {
    const page = pageOf(all);
    const [lost = "", undecided = ""] = page.split("## Undecided within the noise: 1");
    expect(lost).toContain("## Rows that we lose: 2");
    expect(lost).toContain(
      "  - ratio: **ours** 0.52 (0.50–0.55), aim ≥ 0.85; **winner** 0.72 (0.70–0.80), ours 0.52 (0.50–0.55)\n",
    );
    expect(undecided.split("## ")[0]).toContain(
      "  - ratio: **close** 0.53 (0.51–0.54), ours 0.52 (0.50–0.55)\n",
    );
  });

  it("links from the list to the table", () => {
    expect(pageOf(all)).toContain("- The gate alone: [Some table](#gate-some)");
    expect(pageOf(all)).toContain('<a id="gate-some"></a>');
  });

  it("says how far the A/A row was off", () => {
    expect(pageOf(all)).toContain(
      "noise: “A/A” reads 1.00 (0.98–1.03) in ratio; what is no further apart than 0.03 is undecided",
    );
  });

  it("names the figures by which a row is lost where it has several", () => {
    const columns = [
      { heading: "speed", better: "more" as const },
      { heading: "size", better: "less" as const },
    ];
    const of = (name: string, side: "ours" | "peer", speed: number, size: number) => ({
      ...row(name, side, counted(speed)),
      cells: [counted(speed), counted(size)],
    });
    const page = pageOf(table([of("ours", "ours", 5, 5), of("peer", "peer", 4, 4)], { columns }));
    expect(lineOf(page, "| peer")).toContain("| **lose**: size |");
  });

  it("says what a pair's figure is a multiple of", () => {
    const pair = row("ours : them", "ours", ratio([0.8, 0.8, 0.8], beats("them")));
    expect(pageOf(table([pair]))).toContain("  - ratio: **ours : them** 0.80 (0.80–0.80) × them");
  });

  it("tells of aims over several rows, and lists those that are missed", () => {
    const aims = [
      { text: "calls twice", wanted: "0", figure: "3", isMet: false },
      { text: "leaks", wanted: "0", figure: "0", isMet: true },
    ];
    const page = pageOf(table([row("ours", "ours", counted(1))], { aims }));
    expect(page).toContain("## Rows that we lose: 1");
    expect(page).toContain("  - calls twice: 3, aim 0");
    expect(page).toContain("- **Aim missed**: calls twice: 3 (wanted: 0)");
    expect(page).toContain("- Aim met: leaks: 0 (wanted: 0)");
  });

  it("shows no figure of a table that must not be quoted, and counts nothing of it", () => {
    const page = pageOf({ ...all, fault: "the A/A row reads 1.30" });
    expect(page).toContain("**Nothing to quote:** the A/A row reads 1.30");
    expect(page).toContain("Again: `npm run bench:gate -- --only some/`");
    expect(page).toContain("## Rows that we lose: 0");
    expect(page).not.toContain("0.72");
  });

  it("says in its place what failed, with what had been finished, and what nobody has measured", () => {
    const failed = record("gateway", { tables: [all], fault: "nginx is missing." });
    const page = scoreboardPage(PARTS, [failed]);
    const [, after = ""] = page.split("## The gateway, and other reverse proxies");
    const [gateway = "", client = ""] = after.split("## The client, and other clients");
    expect(gateway).toContain("**It failed:** nginx is missing.");
    expect(gateway).toContain("| winner | 0.72");
    expect(client).toContain("Not measured yet: `npm run bench -- --only client`");
  });

  it("names the rows that could not be measured beside those that could", () => {
    const failures = ["haproxy: no answer"];
    const broken = record("gateway", {
      tables: [{ ...all, failures }],
      fault: "Some table: haproxy: no answer",
    });
    const page = scoreboardPage(PARTS, [broken]);
    expect(page).toContain("- **Failed:** haproxy: no answer");
    expect(page).toContain("| winner | 0.72");
    expect(page).not.toContain("It failed");
  });

  it("says where it was measured, and of a part that was measured elsewhere what was different", () => {
    const here = { CPU: "Xeon, 2 cores", Sluice: "new5678 of 2026-11-23" };
    const page = scoreboardPage(PARTS, [
      record("gate"),
      record("client", { measuredAt: "2026-11-23T08:00:00.000Z", environment: here }),
    ]);
    expect(page).toContain("| Sluice | new5678 of 2026-11-23 |");
    const [, gate = ""] = page.split("## The gate alone");
    expect(gate).toContain("Measured elsewhere: Sluice abc1234 of 2026-11-22.");
    expect(page.split("## The client")[1]).not.toContain("Measured elsewhere");
  });

  it("says that fewer than three rounds are no measurement", () => {
    const smoke = record("gate", { tables: [all], plan: { rounds: 1, seconds: 1 } });
    const page = scoreboardPage(PARTS, [smoke]);
    expect(page).toContain("**A smoke test: fewer than 3 rounds. Quote nothing of it.**");
    expect(page).toContain("**Not all of it is a measurement");
    expect(pageOf(all)).not.toContain("smoke test");
  });

  it("claims nothing where nothing has been measured", () => {
    const page = scoreboardPage(PARTS, []);
    expect(page).toContain("Nothing has been measured yet.");
    expect(page).not.toContain("lose");
    expect(page.match(/Not measured yet/g)).toHaveLength(PARTS.length);
  });

  it("shows the pictures that were drawn of a table", () => {
    const page = pageOf({ ...all, pictures: ["goodput against load"] });
    expect(page).toContain("![goodput against load](results/goodput%20against%20load.svg)");
  });

  it("takes nothing of a name or a figure for Markdown", () => {
    const page = pageOf(table([row("a|b *c* <script>", "ours", { text: "1 *" })]));
    expect(page).toContain("| **a\\|b \\*c\\* &lt;script>** | 1 \\* |");
  });
});
