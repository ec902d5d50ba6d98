// axios against the demo: what is answered and refused, and how often each was asked for.

import { startDemo } from "sluice-running-demo";
import { expect, it, onTestFinished } from "vitest";

it("answers, and tells of every refusal as our error, with its attempts", async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout, stderr } = await demo.run(new URL("ask.ts", import.meta.url));
  expect(stdout.trimEnd().split("\n")).toEqual([
    "starter: 1 credits",
    expect.stringMatching(
      /^credits_exhausted, after 1 \(top_up\): This feature is used up for now/,
    ),
    "test: 1 credits",
    expect.stringMatching(/^service_unavailable, after 3 \(wait\): We are a little busy/),
  ]);
  expect(demo.keysIn(stdout + stderr)).toEqual([]);
});
