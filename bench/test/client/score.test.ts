import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Group, measureGroup, scoreEach, zeroAim } from "../../src/client/score.ts";
import { counted } from "../../src/results/cell.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const PEERS = [
  { name: "sluice", isOurs: true, twice: 1 },
  { name: "the floor", isBound: true, twice: 0 },
  { name: "ky", twice: 0 },
  { name: "got", twice: 5 },
];

function group(failing?: string): Group {
  return {
    title: "Effects that happen twice",
    columns: [{ heading: "twice", better: "less", isSafety: true }],
    optimum: ["0"],
    notes: [],
    scores: (wanted) =>
      scoreEach(PEERS, wanted, async ({ name, twice }) => {
        if (name === failing) throw new Error("no answer");
        return [counted(twice)];
      }),
    aims: (scores) => [zeroAim("twice", scores, 0)],
  };
}

function measure(one: Group, ...asked: string[]) {
  return measureGroup({ command: "bench:client", id: "lost" }, one, asked, () => undefined);
}

describe("a group of the client's bench", () => {
  it("has a row for everybody and one for the optimum, each with the command that measures it alone", async () => {
    const { rows } = await measure(group());
    expect(rows.map(({ name, side }) => `${name}: ${side}`)).toEqual([
      "sluice: ours",
      "the floor: bound",
      "ky: peer",
      "got: peer",
      "optimum: bound",
    ]);
    expect(rows[2]?.rerun).toBe('npm run bench:client -- --only "lost/ky"');
  });

  it.each([["lost"], ["lost/"]])("is measured whole where %s is asked for", async (asked) => {
    expect((await measure(group(), asked)).rows).toHaveLength(5);
  });

  it("measures a peer alone beside ours and what is no library", async () => {
    const { rows } = await measure(group(), "lost/ky");
    expect(rows.map(({ name }) => name)).toEqual(["sluice", "the floor", "ky", "optimum"]);
  });

  it("fails where a row is asked for that there is not", async () => {
    const { rows, failures } = await measure(group(), "lost/ky", "lost/kyy");
    expect(rows).toEqual([]);
    expect(failures).toEqual(["No row matches lost/kyy: --only lost shows all that there are"]);
  });

  it("misses the aim of safety where a peer wins, and an aim of its own where we have any", async () => {
    const { aims } = await measure(group());
    expect(aims.map(({ figure, isMet }) => [figure, isMet])).toEqual([
      ["1 wins", false],
      ["1", false],
    ]);
  });

  it("leaves out a peer that fails and says why; the others stand", async () => {
    const { rows, failures } = await measure(group("got"));
    expect(rows.map(({ name }) => name)).toEqual(["sluice", "the floor", "ky", "optimum"]);
    expect(failures).toEqual(["got: no answer"]);
  });

  it.each([["sluice"], ["the floor"]])("claims nothing at all where %s fails", async (name) => {
    const { rows, aims, failures } = await measure(group(name));
    expect([rows, aims]).toEqual([[], []]);
    expect(failures).toEqual(["no answer"]);
  });
});
