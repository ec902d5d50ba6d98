// The same requests get the same bytes over every adapter, whatever framework does the work.

import { useStores as startStores } from "@sluice-internal/both-ways/stores";
import { describe, expect, it } from "vitest";
import { adapters } from "./adapters.ts";
import { type Answered, start } from "./suite.ts";
import { trace } from "./trace.ts";

const open = startStores();
let told: Promise<readonly Answered[]> | undefined;

async function answersOver(adapter: (typeof adapters)[number]): Promise<readonly Answered[]> {
  const { ask } = await start(adapter, open);
  const answers: Answered[] = [];
  for (const [asked, key] of trace) answers.push(await ask(asked, key));
  return answers;
}

describe.each(adapters.slice(1))("the adapter $name", (adapter) => {
  it("answers each request of the trace with the bytes of the adapter node", async () => {
    const [first] = adapters;
    if (first === undefined) throw new Error("there is no adapter");
    told ??= answersOver(first);
    const expected = await told;
    for (const [i, answered] of (await answersOver(adapter)).entries()) {
      const asked = trace[i]?.[0];
      const { status, headers, body } = expected[i] as Answered;
      const { header: _, ...seen } = answered;
      expect({ asked, ...seen }).toEqual({ asked, status, headers, body });
    }
  });
});
