// `sluice generate leaks`: the library's own kit, in a folder or on standard output.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mentova } from "@sluice-apis/mentova/contract";
import { leakKit } from "sluice/reference";
import { describe, expect, it, vi } from "vitest";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const contract = fileURLToPath(import.meta.resolve("@sluice-apis/mentova/contract"));

describe("sluice generate leaks", () => {
  it("writes every file of the kit into a folder, which it makes", async () => {
    const folder = newFolder();
    const args = ["generate", "leaks", contract, "--out", "new/leaks"];
    const { code, out, err } = await sluice(folder, args);
    expect([code, out]).toEqual([0, ""]);
    const files = leakKit(mentova);
    expect(err).toBe(`new/leaks has ${files.map(({ name }) => name).join(", ")}.\n`);
    const there = join(folder, "new", "leaks");
    expect(readdirSync(there).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
    for (const { name, text } of files) expect(readFileSync(join(there, name), "utf8")).toBe(text);
  });

  it("shows all of them, each under its name, where no folder is named", async () => {
    const { code, out, err } = await sluice(newFolder(), ["generate", "leaks", contract]);
    expect([code, err]).toEqual([0, ""]);
    for (const { name, text } of leakKit(mentova)) {
      expect(out).toContain(`==> ${name} <==\n${text}`);
    }
  });

  it("says what to do where the folder cannot be", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "taken"), "");
    const args = ["generate", "leaks", contract, "--out", "taken"];
    const { code, err } = await sluice(folder, args);
    expect(code).toBe(2);
    expect(err).toMatch(/^taken cannot be written .*: name another folder behind --out\.\n$/);
  });

  it("is what somebody meant who wrote nearly that", async () => {
    const { code, err } = await sluice(newFolder(), ["generate", "leak", contract]);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "sluice generate leaks"?');
  });
});
