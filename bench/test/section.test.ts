import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Options } from "../src/options.ts";
import { counted, figure } from "../src/results/cell.ts";
import { type Recorded, recordTo } from "../src/results/recorder.ts";
import { measureSections, type Section } from "../src/section.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-section-"));
  file = join(folder, "record.json");
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function options(more: Partial<Options> = {}): Options {
  const plan = { rounds: 3, seconds: 1 };
  return {
    ...plan,
    command: "bench:some",
    isOnce: true,
    all: false,
    pictures: undefined,
    only: [],
    record: recordTo(file, plan),
    ...more,
  };
}

function section(id: string, more: Partial<Section> = {}): Section {
  return {
    id,
    title: `Table ${id}`,
    columns: [{ heading: "ratio", better: "more" }, "ms"],
    notes: ["a note"],
    rows: [
      { name: "A/A", side: "bound", measure: async () => [figure([1, 1.01, 0.99], 2), counted(5)] },
      { name: "fast", measure: async () => [figure([2, 2.1, 2.2], 2), counted(7)] },
      { name: "slow", side: "peer", measure: async () => [figure([1, 1.1, 1.2], 2), counted(9)] },
      {
        name: "long",
        isLong: true,
        measure: async () => {
          throw new Error("nobody has asked for it");
        },
      },
    ],
    control: "A/A",
    isJudged: true,
    ...more,
  };
}

function recorded(): Recorded {
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}

describe("a benchmark of tables", () => {
  it("keeps each row as data: whose it is, what its rounds were, and how to measure it alone", async () => {
    await measureSections([section("one")], options());
    const [table] = recorded().tables;
    expect(table).toMatchObject({ id: "one", title: "Table one", control: "A/A" });
    expect(table?.columns).toEqual([{ heading: "ratio", better: "more" }, { heading: "ms" }]);
    expect(table?.rows.map(({ name, side }) => `${name} ${side}`)).toEqual([
      "A/A bound",
      "fast ours",
      "slow peer",
    ]);
    expect(table?.rows[1]).toMatchObject({
      rerun: 'npm run bench:some -- --only "one/fast"',
      cells: [{ text: "2.10 (2.00–2.20)", value: 2.1, rounds: [2, 2.1, 2.2] }, { text: "7" }],
    });
    expect(table?.notes).toEqual(["a note"]);
  });

  it("measures a row alone by its address, with the A/A row of its table", async () => {
    await measureSections([section("one"), section("two")], options({ only: ["two/slow"] }));
    expect(recorded().tables.map(({ id }) => id)).toEqual(["two"]);
    expect(recorded().tables[0]?.rows.map(({ name }) => name)).toEqual(["A/A", "slow"]);
  });

  it("measures a row that takes long when it is asked for, and not otherwise", async () => {
    await measureSections([section("one")], options());
    const asked = measureSections([section("one")], options({ only: ["one/long"] }));
    await expect(asked).rejects.toThrow("nobody has asked for it");
  });

  it("refuses to begin where one of the texts that ask for rows asks for none", async () => {
    const asked = measureSections([section("one")], options({ only: ["fast", "fsat"] }));
    await expect(asked).rejects.toThrow("No row matches fsat. Rows: one/A/A; one/fast");
  });

  it("goes on behind a row that fails, and says in the end which and why", async () => {
    const fails = { name: "broken", measure: () => Promise.reject(new Error("no answer")) };
    const one = section("one");
    const broken = { ...one, rows: [...one.rows.slice(0, 2), fails, ...one.rows.slice(2)] };
    const measured = measureSections([broken, section("two")], options());
    await expect(measured).rejects.toThrow("Table one: broken: no answer");
    const [table, next] = recorded().tables;
    expect(next?.rows).toHaveLength(3);
    expect(next?.failures).toBeUndefined();
    expect(table?.rows.map(({ name }) => name)).toEqual(["A/A", "fast", "slow"]);
    expect(table?.failures).toEqual(["broken: no answer"]);
    expect(table?.fault).toBeUndefined();
  });

  it("quotes nothing of a table whose A/A row could not be measured", async () => {
    const one = section("one");
    const fails = { name: "A/A", measure: () => Promise.reject(new Error("no answer")) };
    const measured = measureSections([{ ...one, rows: [fails, ...one.rows.slice(1)] }], options());
    await expect(measured).rejects.toThrow("Table one: its A/A row could not be measured");
    expect(recorded().tables[0]?.rows).toHaveLength(2);
  });

  it("closes what stands beside its rows, also where it could not be opened whole", async () => {
    const closed: string[] = [];
    const opens = { ...section("one"), open: async () => async () => void closed.push("one") };
    const open = () => Promise.reject(new Error("nginx is missing"));
    const measured = measureSections([opens, { ...section("two"), open }], options());
    await expect(measured).rejects.toThrow("Table two: nginx is missing");
    expect(closed).toEqual(["one"]);
    expect(recorded().tables.map(({ rows }) => rows.length)).toEqual([3, 0]);
  });

  it("fails once all tables are measured where an A/A row is too far off, and only that table bears it", async () => {
    const one = section("one");
    const restless = [{ name: "A/A", measure: async () => [figure([1.2, 1.3, 1.4], 2)] }];
    const off = { ...one, rows: [...restless, ...one.rows.slice(1)] };
    const measured = measureSections([off, section("two")], options());
    await expect(measured).rejects.toThrow("Table one: the A/A row reads 1.30 (1.20–1.40)");
    const faults = recorded().tables.map(({ fault }) => fault !== undefined);
    expect(faults).toEqual([true, false]);
  });

  it("believes an A/A row that is off for its tolerance, and for a smoke test", async () => {
    const off = (rounds: readonly number[]) => ({
      ...section("one"),
      rows: [
        { name: "A/A", measure: async () => [figure(rounds, 2)] },
        ...section("one").rows.slice(1),
      ],
    });
    await measureSections([off([0.96, 0.96, 0.96])], options());
    await measureSections([off([3])], options({ rounds: 1 }));
    expect(recorded().tables[0]?.fault).toBeUndefined();
  });
});
