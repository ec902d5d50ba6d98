// `sluice generate`: the same text as the library's, from every way to name a contract.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mentova } from "@sluice-apis/mentova/contract";
import { pythonHandler } from "sluice/reference";
import { describe, expect, it, vi } from "vitest";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const contract = fileURLToPath(import.meta.resolve("@sluice-apis/mentova/contract"));

describe("sluice generate python", () => {
  it("writes the file of a contract to standard output, and nothing else", async () => {
    const { code, out, err } = await sluice(newFolder(), ["generate", "python", contract]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(pythonHandler(mentova));
  });

  it("writes it where it is told to", async () => {
    const folder = newFolder();
    const args = ["generate", "python", contract, "--out", "errors.py"];
    const { code, out, err } = await sluice(folder, args);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/^errors\.py is written: \d+ lines\.\n$/);
    expect(readFileSync(join(folder, "errors.py"), "utf8")).toBe(pythonHandler(mentova));
  });

  it("takes a configuration for its contract", async () => {
    const folder = newFolder();
    const config = {
      contract: {
        title: "Acme",
        key: { prefixes: { live: "acme_live_" } },
        plans: { free: {} },
        windows: { all: { per: "key", limit: 60, within: "1m" } },
        operations: { read: { method: "GET", path: "/a", summary: "Reads." } },
      },
      upstreams: { main: { url: "http://127.0.0.1:1" } },
    };
    writeFileSync(join(folder, "sluice.config.json"), JSON.stringify(config));
    for (const path of [".", "sluice.config.json"]) {
      const { code, out } = await sluice(folder, ["generate", "python", path]);
      expect(code).toBe(0);
      expect(out).toContain("AcmeError = ApiError");
    }
  });

  const slips: readonly (readonly [string, readonly string[], string])[] = [
    ["another language", ["pyton", contract], 'Did you mean "sluice generate python"?'],
    ["a file that is not there", ["python", "nothing.ts"], "nothing.ts does not exist"],
    ["a module without a contract", ["python", "empty.ts"], "empty.ts exports no contract"],
    ["a folder without a configuration", ["python", "."], 'make one with "sluice init"'],
    ["a place that cannot be written", ["python", contract, "--out", "no/a.py"], "name another"],
  ];
  it.each(slips)("says what to do about %s", async (_, args, said) => {
    const folder = newFolder();
    writeFileSync(join(folder, "empty.ts"), "export const nothing = 1;\n");
    const { code, out, err } = await sluice(folder, ["generate", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(said);
  });
});
