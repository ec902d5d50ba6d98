// `sluice simulate scale` as it is typed: sentences, numbers and a page; and what it says where it cannot be meant.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { scale } from "../../../../src/cli/simulate/scale/scale.ts";

const SMALL = { nodes: "2", keys: "5000", rate: "2000", plan: ["only=100%:30"], behind: [] };

async function printed(typed: Parameters<typeof scale>[0]): Promise<string> {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const log = vi.spyOn(console, "log").mockImplementation((text) => {
    lines.push(`${text}\n`);
  });
  try {
    await scale(typed);
  } finally {
    write.mockRestore();
    log.mockRestore();
  }
  return lines.join("");
}

describe("sluice simulate scale", () => {
  let text = "";
  beforeAll(async () => {
    text = await printed(SMALL);
  }, 60_000);

  it("says what is full first, what the gate adds, and who is refused", () => {
    expect(text).toContain("5,000 keys, 2,000 requests a second, 2 nodes");
    expect(text).toMatch(/It is enough: \w+ would be full first, at [\d,]+ requests a second/);
    expect(text).toMatch(/The gate adds [\d.]+ ms to half of the requests/);
    expect(text).toMatch(/[\d.]+ % of the requests are refused .*: [\d.]+ % of only/s);
  });

  it("says so where it is not enough, and draws no waits that have no end", async () => {
    const said = await printed({ ...SMALL, nodes: "1", keys: "1000000", rate: "100000" });
    expect(said).toMatch(/It is not enough: \w+ would need [\d.]+ cores/);
    expect(said).toContain("At this rate something is full");
  });

  it("writes a page that says the same again, and numbers for programs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-scale-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const html = join(folder, "scale.html");
    const said = JSON.parse(await printed({ ...SMALL, html, json: true }));
    expect(said.estimate.loads.map(({ name }: { name: string }) => name)).toEqual([
      "nodes",
      "Redis",
      "PostgreSQL",
    ]);
    const page = readFileSync(html, "utf8");
    expect(page).toContain("<h1>5,000 keys, 2,000 requests a second, 2 nodes</h1>");
    expect(page).toContain("<svg");
    const sentence = /The gate adds [\d.]+ ms to half of the requests/.exec(text)?.[0] ?? "none";
    expect(page).toContain(sentence);
  });

  it.each([
    [{ "redis-url": "redis://127.0.0.1" }, "--redis-url is for --measure"],
    [{ measure: true }, "--measure needs --redis-url"],
    [
      {
        measure: true,
        "redis-url": "redis://127.0.0.1:1",
        "database-url": "postgres://127.0.0.1:1/x",
      },
      "--redis-url cannot be reached",
    ],
  ])("says what to do where measuring cannot be meant: %j", async (said, words) => {
    await expect(printed({ ...SMALL, ...said })).rejects.toThrow(words);
  });
});
