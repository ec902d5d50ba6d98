// Mentova's bytes with the gate embedded and in front: every code of the catalogue, every operation, over
// given stores.

import { expectSame } from "@sluice-internal/both-ways/expect-same";
import type { Way } from "@sluice-internal/both-ways/serve";
import { steadyAnswer, steadyRow } from "@sluice-internal/both-ways/steady";
import { type KindOfStores, useStores } from "@sluice-internal/both-ways/stores";
import { VirtualClock } from "sluice/base";
import { describe, onTestFinished, test } from "vitest";
import { type MentovaCode, wire } from "../contract/index.ts";
import { askEverything } from "./every-operation.ts";
import { type LiveApi, startMs } from "./live-api.ts";
import { provocations, servers } from "./provocations.ts";
import { type Reply, requestIdOf } from "./reply.ts";

import { startTroublesomeApi } from "./troublesome.ts";

export function describeSameBytes(kind: KindOfStores): void {
  const open = useStores();

  const start = async (way: Way, code?: MentovaCode) => {
    const clock = new VirtualClock(startMs);
    const { stores, close } = await open(kind, clock);
    // What is registered last ends first: the API that uses them.
    onTestFinished(close);
    return startTroublesomeApi({ ...(code && servers[code]), way, clock, kept: stores });
  };

  const answered = async (api: LiveApi, reply: Reply) => {
    const row = steadyRow(kind, await api.row(requestIdOf(reply)));
    return { ...steadyAnswer(kind, reply), row };
  };

  describe(`with stores in ${kind}, both ways give the same`, () => {
    test.each(Object.keys(wire.codes) as MentovaCode[])(
      "refusal %s",
      async (code) => {
        await expectSame(async (way) => {
          const troublesome = await start(way, code);
          const { api, held } = troublesome;
          const { what, raw, ...how } = await provocations[code](api, held);
          const reply = await (raw?.() ?? api.send(what, { key: api.keys.agency, ...how }));
          const { row, ...seen } = await answered(api, reply);
          held.release();
          // What is thrown is a fault here and a 500 there: `thrownByPlainApi` among the differences.
          return { ...seen, row: { ...row, ...(row.status === 500 && { ending: "either" }) } };
        });
      },
      30_000,
    );

    test("answer of every operation, and again by its idempotency key", async () => {
      await expectSame(async (way) => {
        const { api } = await start(way);
        const all: object[] = [];
        await askEverything(api, async (operation, what, json) => {
          const headers = {
            ...(what.startsWith("POST") && { "Idempotency-Key": `key-${all.length}` }),
          };
          const how = { headers, key: api.keys.agency, ...(json !== undefined && { json }) };
          const reply = await api.send(what, how);
          const again = await api.send(what, how);
          for (const one of [reply, again]) all.push({ operation, ...(await answered(api, one)) });
          return reply;
        });
        return all;
      });
    }, 30_000);
  });
}
