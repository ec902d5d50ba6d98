// docs/change-a-plan-safely.md: its contract, its log and its commands, as they stand there, and what they print.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGate, type Difference } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it, vi } from "vitest";
import { asked } from "../../src/cli/command/asked.ts";
import { csvColumns } from "../../src/cli/simulate/plan/past-call-from.ts";
import { loadConfig } from "../../src/config/index.ts";
import { newFolder, sluice } from "../cli/fixtures/command.ts";

vi.setConfig({ testTimeout: 60_000 });

const text = readFileSync(
  new URL("../../../../docs/change-a-plan-safely.md", import.meta.url),
  "utf8",
);
const fenced = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
const blocks = (kind: string) =>
  fenced.filter(([, of]) => of === kind).map(([, , block = ""]) => block);
const [contract = ""] = blocks("json");
const [csv = ""] = blocks("csv");
const commands = blocks("sh").flatMap((block) => block.trim().split("\n"));
const argumentsOf = (command = "") =>
  command.replace("npx sluice ", "").split(" > ")[0]?.split(" ") ?? [];

function folderOfPage(): string {
  const folder = newFolder();
  writeFileSync(join(folder, "next.config.json"), contract);
  writeFileSync(join(folder, "requests.csv"), csv);
  return folder;
}

describe("the page about changing a plan", () => {
  it("replays the log that it shows, and prints what it says", async () => {
    const command = commands.find((one) => one.includes("requests.csv"));
    const { code, out, err } = await sluice(folderOfPage(), argumentsOf(command));
    expect([code, err], out).toEqual([0, ""]);
    expect(out).toContain(blocks("")[0]?.trim());
  });

  it("names every column of a CSV, and no other", () => {
    const rows = [...text.matchAll(/^\| (`[a-z_`, ]+`) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name),
    );
    expect(rows.toSorted()).toEqual(Object.keys(csvColumns).toSorted());
  });

  it("shows commands that there are", () => {
    for (const command of commands) {
      expect([command, asked(argumentsOf(command)).kind]).toEqual([command, "command"]);
    }
  });

  it("names metrics, kinds and options that there are", async () => {
    const { settings } = await loadConfig(join(folderOfPage(), "next.config.json"));
    const api = settings.apis[0]?.api;
    if (api === undefined) throw new Error("no API");
    const { settings: same } = await loadConfig(join(folderOfPage(), "next.config.json"));
    const next = same.apis[0]?.api;
    if (next === undefined) throw new Error("no API");
    const told: Difference[] = [];
    // As the page has it.
    const gate = createGate(api, {
      stores: createMemoryStores(),
      upstream: { run: () => ({ status: 200, headers: [], body: "" }), quote: () => 0 },
      pepper: new Uint8Array(32),
      shadow: {
        api: next,
        limits: createMemoryStores().limits,
        onDifference: (difference) => told.push(difference),
      },
    });
    for (const kind of Object.keys(gate.shadow?.counts().byKind ?? {}))
      expect(text).toContain(kind);
    gate.close();
    const metrics = readFileSync(
      new URL("../../src/watch/shadow-counts.ts", import.meta.url),
      "utf8",
    );
    for (const [, name = ""] of metrics.matchAll(/"(sluice_shadow_\w+)"/g)) {
      expect(text).toContain(name);
    }
  });
});
