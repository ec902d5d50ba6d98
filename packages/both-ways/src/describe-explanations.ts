// Every refusal of an API, explained from its row alone, over given stores: what its caller was told, byte for byte.

import { VirtualClock } from "sluice/base";
import { describe, expect, onTestFinished, test } from "vitest";
import { expectToldAgain, explainFrom } from "./expect-explained.ts";
import { type KindOfStores, useStores } from "./stores.ts";
import { type Answered, requestIdOf, type Served, type Subject } from "./subject.ts";

export function describeExplanations<
  Code extends string,
  Reply extends Answered,
  Live extends Served<Reply>,
>(subject: Subject<Code, Reply, Live>, kind: KindOfStores): void {
  const { api, codes, startMs, reads, keyOf, start, provoke } = subject;
  const open = useStores();
  const { conditions, domain } = api.wire;
  const reported = [...Object.keys(conditions), ...Object.keys(domain ?? {})];

  const openKept = async () => {
    const clock = new VirtualClock(startMs);
    const { stores, close } = await open(kind, clock);
    // What is registered last ends first: the API that uses them.
    onTestFinished(close);
    return { clock, kept: stores };
  };

  describe(`with stores in ${kind}, an explanation tells again what was told`, () => {
    test.each(codes)("with %s", async (code) => {
      const { live, reply, release } = await provoke(code, await openKept());
      release();
      const explained = await explainFrom(live.kept, api, await live.row(requestIdOf(reply)));
      expectToldAgain(explained, reply);
      expect(explained.told.code).toBe(code);
    });

    test("for each condition that the API behind the gate may report, and its words", async () => {
      let told = "";
      const wrap = () => async () =>
        new Response(null, {
          headers: { "Sluice-Refuse": `${told}; param="items.0.x y"` },
        });
      const live = await start({ ...(await openKept()), wrap, saysAnything: true });
      for (const condition of reported) {
        told = condition;
        const reply = await live.send(reads, { key: keyOf(live) });
        const explained = await explainFrom(live.kept, api, await live.row(requestIdOf(reply)));
        expect(explained.what.condition).toBe(condition);
        expectToldAgain(explained, reply);
      }
    });
  });
}
