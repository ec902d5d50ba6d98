// The Vercel AI SDK against the demo: what is answered, streamed and refused, and how often each was asked for.

import { startDemo } from "sluice-running-demo";
import { expect, it, onTestFinished } from "vitest";

it("answers, streams, and tells of every refusal as our error, with its attempts", async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout, stderr } = await demo.run(new URL("ask.ts", import.meta.url));
  const said = 'This is a stand-in: no model was asked. You said: "Who buys running shoes?"';
  const broke = /^credits_exhausted, after 1 \(top_up\): This feature is used up for now\./;
  const down = /^service_unavailable, after 3 \(wait\): We are a little busy\./;
  const expected = [`starter: ${said}`, said, broke, broke, `test: ${said}`, said, down, down];
  const lines = stdout.split("\n").filter((line) => line !== "");
  expect(lines).toHaveLength(expected.length);
  for (const [i, line] of lines.entries()) expect(line).toMatch(expected[i] ?? "");
  expect(demo.keysIn(stdout + stderr)).toEqual([]);
});
