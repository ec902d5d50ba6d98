// The two generated files, used by real programs against the demo; and that they are what the contracts say today.

import { readFileSync } from "node:fs";
import { startDemo } from "sluice-running-demo";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { files } from "./files.ts";

// Two programs each start a demo, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

describe("the generated files", () => {
  it.each(Object.entries(files))(
    "%s is as its contract says: else run npm run generate",
    (name, text) => {
      expect(readFileSync(new URL(name, import.meta.url), "utf8")).toBe(text);
    },
  );
});

async function run(program: string) {
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout, stderr } = await demo.run(new URL(program, import.meta.url));
  const { mavera, mentova } = JSON.parse(readFileSync(`${demo.home}/demo.json`, "utf8"));
  for (const key of [...Object.values(mavera.keys), ...Object.values(mentova.keys)]) {
    expect(stdout + stderr).not.toContain(String(key).slice(0, 16));
  }
  return { stdout, stderr };
}

describe("a Python program", () => {
  it("tells Mavera's users what they can do, and support what it asks for", async () => {
    const { stdout, stderr } = await run("ask_mavera.py");
    expect(stdout).toContain("starter: 1 credits");
    expect(stdout).toMatch(/exhausted: .*\(tell the owner: top_up\)/);
    expect(stdout).toMatch(/overBudget: .*\(tell the owner: top_up\)/);
    expect(stdout).toMatch(/viewer: .+/);
    expect(stdout).toMatch(/a stream: .*Hello/);
    const records = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records.map(({ code }) => code)).toEqual(["revoked_api_key", "forbidden"]);
    expect(records[0]).toMatchObject({
      type: "authentication_error",
      status: 401,
      endpoint: "POST /mavera/api/v1/responses",
      api_key_prefix: "mvra_live_",
    });
  });

  it("handles Mentova's refusals around another library", async () => {
    const { stdout, stderr } = await run("brands_mentova.py");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^brands: \w+/);
    expect(stdout).toMatch(/free: .+ \(upgrade\)/);
    expect(stdout).toContain("revoked: INVALID_API_KEY, as it is, it fails again");
    expect(stdout).toContain("agency: NOT_FOUND, as it is, it fails again");
    expect(stdout).toMatch(/test: RATE_LIMITED, deadline in [\d.]+ s, again at \d{4}-.*\+00:00/);
  });
});
