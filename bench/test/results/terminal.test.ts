import { describe, expect, it } from "vitest";
import { atLeast, beats, counted, EMPTY, shown } from "../../src/results/cell.ts";
import { terminalTable } from "../../src/results/terminal.ts";
import { ratio, row, table } from "./tables.ts";

describe("a table in the terminal", () => {
  const columns = [
    { heading: "ratio", better: "more" as const },
    { heading: "log dropped" },
    { heading: "ms" },
  ];
  const ours = {
    ...row("ours", "ours", EMPTY),
    cells: [ratio([0.5, 0.51, 0.52], atLeast(0.85)), EMPTY, shown("7")],
  };
  const peer = {
    ...row("peer", "peer", EMPTY),
    cells: [ratio([0.8, 0.9, 1]), EMPTY, shown("123")],
  };

  it("has what a figure ought to be right of it, and no column that nobody has a figure in", () => {
    expect(terminalTable(table([ours, peer], { columns, notes: ["a note"] })).split("\n")).toEqual([
      "",
      "Some table",
      "",
      "                   ratio            aim   ms",
      "----  ------------------  -------------  ---",
      "ours  0.51 (0.50–0.52) *  ≥ 0.85 MISSED    7",
      "peer  0.90 (0.80–1.00) *                 123",
      "",
      "  a note",
      "  * PEER WINS ratio: peer",
    ]);
  });

  it("says that no peer wins where one could have, and nothing of peers where there is none", () => {
    const slow = row("slow", "peer", ratio([0.1, 0.1, 0.1]));
    const fast = row("fast", "ours", ratio([2, 2, 2]));
    const nobody = "no peer is better than our best row in what is compared";
    expect(terminalTable(table([fast, slow]))).toContain(nobody);
    expect(terminalTable(table([fast]))).not.toContain("peer");
    const alone = table([
      { ...fast, league: "open" },
      { ...slow, league: "guarded" },
    ]);
    expect(terminalTable(alone)).not.toContain(nobody);
    expect(terminalTable(table([row("a : b", "ours", ratio([2, 2, 2], beats("b")))]))).toContain(
      nobody,
    );
  });

  it("marks what is undecided, and says what the mark means", () => {
    const close = row("close", "peer", ratio([1, 2, 3]));
    const text = terminalTable(table([row("ours", "ours", ratio([1, 2, 3])), close]));
    expect(text).toContain("close  2.00 (1.00–3.00) ?");
    expect(text).toContain("? within the noise of the table: undecided");
    expect(text).not.toContain("no peer is better");
  });

  it("says what failed, what was aimed at, and that the table must not be quoted", () => {
    const aims = [{ text: "leaks", wanted: "0", figure: "2", isMet: false }];
    const broken = table([row("ours", "ours", counted(1))], {
      aims,
      failures: ["haproxy: no answer"],
      fault: "the A/A row reads 1.30",
    });
    const lines = terminalTable(broken).split("\n");
    expect(lines.slice(-3)).toEqual([
      "  AIM MISSED: leaks: 2 (aim: 0)",
      "  FAILED: haproxy: no answer",
      "  DO NOT QUOTE: the A/A row reads 1.30",
    ]);
  });
});
