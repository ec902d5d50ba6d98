// The first program that anybody sees must be the one in the README, and must do what is said there.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const file = fileURLToPath(new URL("server.ts", import.meta.url));
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function start(port: number): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", file], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (data) => resolve({ child, line: String(data) }));
    child.once("exit", (code) => reject(new Error(`the quickstart ended with ${code}`)));
  });
}

describe("the quickstart", () => {
  let child: ChildProcess;
  let url = "";
  let authorization = "";

  beforeAll(async () => {
    const started = await start(await freePort());
    child = started.child;
    url = /http:\S+/.exec(started.line)?.[0] ?? "";
    authorization = /Bearer \w+/.exec(started.line)?.[0] ?? "";
  });
  afterAll(() => {
    child.removeAllListeners("exit");
    child.kill();
  });

  it("is what the README shows", () => {
    const program = readFileSync(file, "utf8").split("\n").slice(1).join("\n").trimEnd();
    expect(readme).toContain(`\`\`\`ts\n${program}\n\`\`\``);
  });

  it("answers the printed key sixty times, and then says when to come back", async () => {
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let i = 0; i < 61; i++) {
      last = await fetch(url, { headers: { authorization } });
      statuses.push(last.status);
      if (i < 60) expect(await last.json()).toEqual({ hello: "acct_1" });
    }
    expect(statuses).toEqual([...Array(60).fill(200), 429]);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(await last?.json()).toMatchObject({ error: { code: "rate_limited" } });
  });

  it("refuses without a key", async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: "missing_key" } });
  });
});
