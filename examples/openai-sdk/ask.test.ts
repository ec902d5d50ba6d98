// The program on the README's first screen must be this one, and work against a demo that was started as it says.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const file = fileURLToPath(new URL("ask.ts", import.meta.url));
const demo = fileURLToPath(new URL("../../demo/src/main.ts", import.meta.url));
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("the OpenAI SDK against the demo", () => {
  const home = mkdtempSync(join(tmpdir(), "sluice-openai-"));
  let child: ChildProcess;

  beforeAll(async () => {
    child = spawn(process.execPath, ["--conditions=sluice-source", demo], {
      env: { ...process.env, PORT: "0", SLUICE_HOME: home },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once("data", () => resolve());
      child.once("exit", (code) => reject(new Error(`the demo ended with ${code}`)));
    });
  });
  afterAll(() => {
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  });

  it("is the first program of the README", () => {
    const program = readFileSync(file, "utf8").split("\n").slice(1).join("\n").trimEnd();
    const first = readme.indexOf("```ts");
    expect(readme.slice(first)).toMatch(/^```ts\nimport/);
    expect(readme.slice(first + 6)).toContain(program);
    expect(readme.slice(first + 6).startsWith(program)).toBe(true);
    expect(readme.slice(0, first).split("\n").length).toBeLessThan(25);
  });

  it("prints an answer as it is written, and a refusal with all that support would ask for", () => {
    const env = { ...process.env, SLUICE_HOME: home };
    const printed = execFileSync(process.execPath, [file], { env, encoding: "utf8" });
    expect(printed).toContain("stand-in");
    expect(printed).toContain("running shoes?");
    expect(printed).toContain(
      "invalid_model: 400 Invalid value for 'model': must be one of ['mavera-1'].",
    );
    expect(printed).toMatch(/\(param model, [0-9a-f-]{36}\)/);
  });
});
