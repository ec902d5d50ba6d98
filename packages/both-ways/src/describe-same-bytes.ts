// The bytes of an API with the gate embedded and in front: every code of the catalogue, every operation, every stream, over
// given stores.

import { VirtualClock } from "sluice/base";
import { describe, onTestFinished, test } from "vitest";
import { expectSame } from "./expect-same.ts";
import type { Way } from "./serve.ts";
import { steadyAnswer, steadyRow } from "./steady.ts";
import { type KindOfStores, useStores } from "./stores.ts";
import { type Answered, requestIdOf, type Served, type Subject } from "./subject.ts";

export function describeSameBytes<
  Code extends string,
  Reply extends Answered,
  Live extends Served<Reply>,
>(subject: Subject<Code, Reply, Live>, kind: KindOfStores): void {
  const open = useStores();

  const servedWith = async (way: Way) => {
    const clock = new VirtualClock(subject.startMs);
    const { stores, close } = await open(kind, clock);
    // What is registered last ends first: the API that uses them.
    onTestFinished(close);
    return { way, clock, kept: stores };
  };

  const answered = async (live: Live, reply: Answered) => {
    const row = steadyRow(kind, await live.row(requestIdOf(reply)));
    return { ...steadyAnswer(kind, reply), row };
  };

  describe(`with stores in ${kind}, both ways give the same`, () => {
    test.each(subject.codes)("refusal %s", async (code) => {
      await expectSame(async (way) => {
        const { live, reply, release } = await subject.provoke(code, await servedWith(way));
        const { row, ...seen } = await answered(live, reply);
        release();
        // What is thrown is a fault here and a 500 there: `thrownByPlainApi` among the differences.
        return { ...seen, row: { ...row, ...(row.status === 500 && { ending: "either" }) } };
      });
    });

    test("answer of every operation, and again by its idempotency key", async () => {
      await expectSame(async (way) => {
        const live = await subject.start(await servedWith(way));
        const key = subject.keyOf(live);
        const all: object[] = [];
        await subject.askEverything(live, async (operation, what, json) => {
          const headers = {
            ...(what.startsWith("POST") && { "Idempotency-Key": `key-${all.length}` }),
          };
          const how = { headers, key, ...(json !== undefined && { json }) };
          const reply = await live.send(what, how);
          const again = await live.send(what, how);
          for (const one of [reply, again]) all.push({ operation, ...(await answered(live, one)) });
          return reply;
        });
        return all;
      });
    });

    test.each(Object.entries(subject.streams))("events of %s", async (_, { what, json }) => {
      await expectSame(async (way) => {
        const live = await subject.start(await servedWith(way));
        return answered(live, await live.send(what, { json }));
      });
    });
  });
}
