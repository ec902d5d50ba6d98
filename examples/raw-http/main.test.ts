// Mavera without an SDK: one answer, and two jobs of which one fails without being an error.

import { startDemo } from "sluice-running-demo";
import { expect, it, onTestFinished } from "vitest";

it("asks, starts jobs and waits for them", async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout } = await demo.run(new URL("main.ts", import.meta.url));
  expect(stdout).toContain('You said: "Who buys shoes?" (10 credits)');
  expect(stdout).toContain("focus group: completed");
  expect(stdout).toContain("video: failed, The video cannot be read.");
}, 20_000);
