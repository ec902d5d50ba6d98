// The program on the README's first screen must be this one, and work against a demo that was started as it says.

import { readFileSync } from "node:fs";
import { type RunningDemo, startDemo } from "sluice-running-demo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const sourceOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

describe("the OpenAI SDK against the demo", () => {
  let demo: RunningDemo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.stop());

  it("is the first program of the README", () => {
    const program = sourceOf("ask.ts").split("\n").slice(1).join("\n").trimEnd();
    const first = readme.indexOf("```ts") + 6;
    expect(readme.slice(first).startsWith(program)).toBe(true);
    expect(readme.slice(0, first).split("\n").length).toBeLessThan(25);
  });

  it("prints an answer as it is written, and a refusal with all that support would ask for", async () => {
    const { stdout } = await demo.run(new URL("ask.ts", import.meta.url));
    expect(stdout).toContain("stand-in");
    expect(stdout).toContain("running shoes?");
    expect(stdout).toContain("invalid_model: 400 Invalid value for 'model'");
    expect(stdout).toMatch(/\(param model, [0-9a-f-]{36}\)/);
  });

  it("meets a refusal on demand, with our client underneath, exactly as often as it should", async () => {
    const source = sourceOf("paced.ts");
    const shown = source.slice(
      source.indexOf("const client"),
      source.indexOf("\n\nconst question"),
    );
    expect(readme).toContain(`\`\`\`ts\n${shown}\n\`\`\``);
    const { stdout } = await demo.run(new URL("paced.ts", import.meta.url));
    expect(stdout).toContain("answered, after 2 attempts");
    expect(stdout).toContain("service_unavailable, after 3 attempts");
  });
});
