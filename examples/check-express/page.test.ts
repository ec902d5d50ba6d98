// The page about the check, followed to the letter; only the port is another one.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { answerUnreadable, createApp } from "./app.ts";

// In real time: windows of two seconds, filled in every way.
vi.setConfig({ testTimeout: 90_000 });

const page = readFileSync(new URL("../../docs/check.md", import.meta.url), "utf8");
const commands = [...page.matchAll(/^npx sluice (check .*)$/gm)].map(([, line = ""]) => line);
const shown = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  .filter(([, language]) => language === "")
  .map(([, , text = ""]) => text.trimEnd());
const [, token = ""] = /BOOKSHOP_TOKEN=(\w+)/.exec(page) ?? [];

const folder = fileURLToPath(new URL(".", import.meta.url));
const bin = fileURLToPath(new URL("../../packages/gateway/src/cli/sluice.ts", import.meta.url));

async function start(): Promise<number> {
  const server = createServer(createApp({ tokens: new Set([token]) }));
  answerUnreadable(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

function run(line: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", bin, ...line.split(" ")], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: undefined, BOOKSHOP_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out })));
}

describe("the page about the check", () => {
  it("shows what a check of the Express API says", async () => {
    const port = await start();
    const { code, out } = await run(commands[0]?.replace(":3000", `:${port}`) ?? "");
    expect(code, out).toBe(0);
    for (const line of shown[0]?.split("\n") ?? []) expect(out).toContain(line);
  });

  it("shows how a contract is kept, and held against what was kept", async () => {
    const kept = mkdtempSync(join(tmpdir(), "sluice-check-"));
    onTestFinished(() => rmSync(kept, { recursive: true }));
    const [, freeze = "", against = ""] = commands;
    const promised = join(kept, "promised.json");
    expect((await run(freeze.replace("promised.json", promised))).code).toBe(0);
    const { code, out } = await run(against.replace("promised.json", promised));
    expect([code, out.trimEnd()]).toEqual([0, shown.at(-1)]);
  });

  it("names every option that lets a check do more, and no other", () => {
    const rows = [...page.matchAll(/^\| `--(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(["write", "spend", "exhaust", "links"]);
  });
});

describe("the check in real time", () => {
  it("finds a sliding window exact, and its Retry-After true", async () => {
    const port = await start();
    const url = `http://127.0.0.1:${port}`;
    const line = `check contract.ts --url ${url} --key main=env:BOOKSHOP_TOKEN --only rate`;
    const { code, out } = await run(line);
    expect(code, out).toBe(0);
    expect(out).toContain("6 kept, 0 broken, 1 not provoked");
  });
});
