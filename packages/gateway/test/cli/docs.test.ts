// `sluice docs`: a folder that a host of static files can serve, and that holds nothing of anybody else.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mentova } from "@sluice-apis/mentova/contract";
import { describe, expect, it, vi } from "vitest";
import { siteOf } from "../../src/docs/site.ts";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const contract = fileURLToPath(import.meta.resolve("@sluice-apis/mentova/contract"));

describe("sluice docs", () => {
  it("writes the site, and says what it wrote and what to do with it", async () => {
    const folder = newFolder();
    const { code, out, err } = await sluice(folder, [
      "docs",
      contract,
      "--out",
      "site",
      "--base=/ref",
    ]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/^Writing the documents of Mentova …\nsite\/ has \d+ files, \d+ KiB\.\n/);
    expect(err).toContain("npx http-server site");
    expect(err).toContain("to be found at /ref/");
    for (const [path, text] of siteOf(mentova, { base: "/ref/" })) {
      expect(readFileSync(join(folder, "site", path), "utf8") === text(), path).toBe(true);
    }
  });

  it("is at the path of the contract's documents, unless it is told another", async () => {
    const folder = newFolder();
    const { err } = await sluice(folder, ["docs", contract]);
    expect(err).toContain("to be found at /en/docs/api/");
    const page = readFileSync(join(folder, "docs-site/404.html"), "utf8");
    expect(page).toContain('href="/en/docs/api/site.css"');
  });

  it("writes again over what it wrote, and leaves no page of an earlier contract", async () => {
    const folder = newFolder();
    await sluice(folder, ["docs", contract, "--out", "site"]);
    const list = join(folder, "site/.sluice-docs");
    mkdirSync(join(folder, "site/errors/GONE"));
    writeFileSync(join(folder, "site/errors/GONE/index.html"), "old");
    writeFileSync(list, `${readFileSync(list, "utf8")}errors/GONE/index.html\n`);
    const { code } = await sluice(folder, ["docs", contract, "--out", "site"]);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "site/errors/GONE/index.html"))).toBe(false);
    expect(existsSync(join(folder, "site/errors/CONFLICT/index.html"))).toBe(true);
  });

  it("writes nothing into a folder that holds other things, unless it must", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site/mine.txt"), "mine");
    const refused = await sluice(folder, ["docs", contract, "--out", "site"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("site holds other things (mine.txt): name an empty folder");
    expect(readdirSync(join(folder, "site"))).toEqual(["mine.txt"]);
    const forced = await sluice(folder, ["docs", contract, "--out", "site", "--force"]);
    expect(forced.code).toBe(0);
    expect(readFileSync(join(folder, "site/mine.txt"), "utf8")).toBe("mine");
    expect(existsSync(join(folder, "site/index.html"))).toBe(true);
  });

  const slips: readonly (readonly [string, readonly string[], string])[] = [
    ["a file that is not there", ["nothing.ts"], "nothing.ts does not exist"],
    ["a base that is an address", [contract, "--base", "https://a.example"], "is no path"],
    ["a folder that is a file", [contract, "--out", "file"], "name another folder behind --out"],
  ];
  it.each(slips)("says what to do about %s", async (_, args, said) => {
    const folder = newFolder();
    writeFileSync(join(folder, "file"), "");
    const { code, err } = await sluice(folder, ["docs", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
