import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atLeast, atMost, beats, counted, shown } from "../../src/results/cell.ts";
import { findingsOf } from "../../src/results/verdict.ts";
import { ratio, row, table } from "./tables.ts";

const CONTROL = row("A/A", "bound", ratio([0.98, 1, 1.03]));
const controlled = { control: "A/A" };

describe("a bar", () => {
  it("is an aim missed where the figure is below it by more than the noise", () => {
    const ours = row("ours", "ours", ratio([0.7, 0.71, 0.72], atLeast(0.85)));
    expect(findingsOf(table([CONTROL, ours], controlled))).toEqual([
      { row: "ours", column: 0, outcome: "lost" },
    ]);
  });

  it("is nothing to tell of where the figure is above it by more than the noise", () => {
    const ours = row("ours", "ours", ratio([0.9, 0.91, 0.95], atLeast(0.85)));
    expect(findingsOf(table([CONTROL, ours], controlled))).toEqual([]);
  });

  it.each([
    ["met", [0.86, 0.87, 0.88]],
    ["missed", [0.82, 0.83, 0.84]],
  ])("is undecided where it is %s by less than the control was off", (_, rounds) => {
    const ours = row("ours", "ours", ratio(rounds, atLeast(0.85)));
    expect(findingsOf(table([CONTROL, ours], controlled))).toEqual([
      { row: "ours", column: 0, outcome: "undecided" },
    ]);
  });

  it("is undecided where the rounds lie on both sides of it, whatever the noise", () => {
    const ours = row("ours", "ours", ratio([0.5, 1.9, 2.1], beats("them")));
    expect(findingsOf(table([ours]))).toEqual([
      { row: "ours", column: 0, outcome: "undecided", rival: "them" },
    ]);
  });

  it("of a rival is lost to it by name", () => {
    const ours = row("ours : them", "ours", ratio([0.6, 0.7, 0.8], beats("them")));
    expect(findingsOf(table([CONTROL, ours], controlled))).toEqual([
      { row: "ours : them", column: 0, outcome: "lost", rival: "them" },
    ]);
  });

  it("is not reached by a figure that could not be had", () => {
    const ours = row("ours", "ours", counted(Number.NaN, 0, atMost(5)));
    expect(findingsOf(table([ours]))).toEqual([{ row: "ours", column: 0, outcome: "lost" }]);
  });

  it("at most is kept by what is no more", () => {
    const of = (value: number) =>
      findingsOf(table([row("ours", "ours", counted(value, 0, atMost(5)))]));
    expect(of(5)).toEqual([]);
    expect(of(6)).toHaveLength(1);
  });
});

describe("a peer in a league", () => {
  const ours = row("ours", "ours", ratio([0.5, 0.52, 0.55]));

  it("wins where every round of it is better than every round of ours", () => {
    const peer = row("peer", "peer", ratio([0.7, 0.72, 0.8]));
    expect(findingsOf(table([CONTROL, ours, peer], controlled))).toEqual([
      { row: "peer", column: 0, outcome: "lost", rival: "peer", ours: "0.52 (0.50–0.55)" },
    ]);
  });

  it("does not win where ours is better in every round", () => {
    const peer = row("peer", "peer", ratio([0.3, 0.31, 0.4]));
    expect(findingsOf(table([CONTROL, ours, peer], controlled))).toEqual([]);
  });

  it.each([
    ["whose rounds lie among ours", [0.51, 0.53, 0.6]],
    ["that is ahead by less than the control was off", [0.551, 0.552, 0.553]],
    ["that is behind by less than the control was off", [0.495, 0.497, 0.499]],
  ])("%s is undecided", (_, rounds) => {
    const wide = row("A/A", "bound", ratio([0.9, 1, 1.1]));
    const peer = row("peer", "peer", ratio(rounds));
    expect(findingsOf(table([wide, ours, peer], controlled))).toEqual([
      { row: "peer", column: 0, outcome: "undecided", rival: "peer", ours: "0.52 (0.50–0.55)" },
    ]);
  });

  it("is compared with ours of its own league only", () => {
    const guarded = row("guarded", "ours", ratio([0.1, 0.1, 0.1]), { league: "guarded" });
    const open = row("open", "ours", ratio([0.9, 0.9, 0.9]), { league: "open" });
    const peer = row("peer", "peer", ratio([0.5, 0.5, 0.5]), { league: "guarded" });
    expect(findingsOf(table([guarded, open, peer]))).toHaveLength(1);
    expect(findingsOf(table([guarded, open, { ...peer, league: "open" }]))).toEqual([]);
  });

  it("stands beside a control of ours where all are multiples of our own row", () => {
    const self = row("A/A", "ours", ratio([0.99, 1, 1.01]));
    const own = row("open path", "ours", shown(""));
    const peer = row("nginx", "peer", ratio([4, 4.1, 4.2]));
    expect(findingsOf(table([self, own, peer], controlled))).toHaveLength(1);
  });

  it("that is no library wins nothing", () => {
    expect(findingsOf(table([ours, row("floor", "bound", ratio([9, 9, 9]))]))).toEqual([]);
  });

  it("wins by the better figure at no higher price", () => {
    const own = row("ours", "ours", { ...counted(0.9, 1), price: 1.5 });
    const of = (value: number, price: number) =>
      findingsOf(table([own, row("peer", "peer", { ...counted(value, 2), price })])).length;
    expect([of(0.95, 1.4), of(0.95, 1.6), of(0.9, 1)]).toEqual([1, 0, 0]);
  });

  it("is compared as it is printed where there are no rounds", () => {
    const of = (peer: number) =>
      findingsOf(table([row("ours", "ours", counted(2)), row("peer", "peer", counted(peer))]));
    expect([of(1).length, of(2).length, of(3).length]).toEqual([0, 0, 1]);
  });
});

it("finds nothing won or lost in what is measured against itself", () => {
  const rounds = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(rounds, (read) => {
      const [ours, peer] = [row("ours", "ours", ratio(read)), row("peer", "peer", ratio(read))];
      const outcomes = findingsOf(table([ours, peer])).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(["undecided"]);
    }),
  );
});
