import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { PARTS } from "../../src/board/parts.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

it("every benchmark has a short form, and every short form is a benchmark's", () => {
  const commands = Object.keys(scripts).filter((name) => name.startsWith("bench:"));
  expect(PARTS.map(({ command }) => command).toSorted()).toEqual(commands.toSorted());
});

it.each(PARTS)("$id runs as its own command does", ({ command, file, nodeArgs = [] }) => {
  expect(existsSync(join(root, "bench/src", file))).toBe(true);
  const flags = ["node", ...nodeArgs, "--conditions=sluice-source", `bench/src/${file}`];
  expect(scripts[command]).toBe(flags.join(" "));
});

it("all of them together take at most twenty minutes", () => {
  const minutes = PARTS.reduce((sum, part) => sum + part.minutes, 0);
  expect(minutes).toBeLessThanOrEqual(20);
});

it("no two are called alike", () => {
  expect(new Set(PARTS.map(({ id }) => id)).size).toBe(PARTS.length);
});
