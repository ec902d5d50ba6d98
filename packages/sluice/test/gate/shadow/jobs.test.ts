// A job keeps its slots under a second contract, too, until its end is reported; what it costs is told as what was held for it.

import { expect, it } from "vitest";
import type { AnyApi } from "../../../src/contract/index.ts";
import type { Difference } from "../../../src/gate/index.ts";
import { MemoryLimits } from "../../../src/store/memory/index.ts";
import { secrets } from "../fixtures/people.ts";
import { createStage } from "../fixtures/stage.ts";
import { studio } from "../fixtures/studio.ts";

it("a job keeps its slot under another contract until it ends", async () => {
  const api = studio as unknown as AnyApi;
  const films = { ...api.wire.slots?.["films"], per: "account", operations: ["film"], limit: 1 };
  const single = { ...api, wire: { ...api.wire, slots: { films } } } as unknown as AnyApi;
  const differences: Difference[] = [];
  const shadow = {
    api: single,
    limits: new MemoryLimits(),
    onDifference: (difference: Difference) => differences.push(difference),
  };
  const stage = await createStage({}, { gate: { shadow } });
  const film = async () => {
    const sent = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };
    const received = await stage.send(sent);
    await stage.clock.advance(1);
    return received;
  };
  const first = await film();
  expect([first.status < 300, differences]).toEqual([true, []]);
  const second = await film();
  expect(second.status).toBeLessThan(300);
  expect(differences).toMatchObject([
    { kind: "newly_refused", shadow: { condition: "concurrency_limited", by: "films:pro" } },
  ]);
  for (const { requestId } of [first, second]) {
    await stage.gate.jobs.end(requestId, { kind: "completed", credits: 1 });
  }
  await stage.clock.advance(1);
  await film();
  expect(differences).toHaveLength(1);
  expect(stage.gate.shadow?.counts()).toMatchObject({ judged: 3, missed: { fault: 0 } });
});
