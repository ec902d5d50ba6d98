// Every refusal of Mavera, explained from its row alone, over given stores: what its caller was told, byte for byte.

import { expectToldAgain, explainFrom } from "@sluice-internal/both-ways/expect-explained";
import { type KindOfStores, useStores } from "@sluice-internal/both-ways/stores";
import { VirtualClock } from "sluice/base";
import { describe, expect, onTestFinished, test } from "vitest";
import { type MaveraCode, mavera, wire } from "../contract/index.ts";
import { type LiveApiOptions, startApi, startMs } from "./live-api.ts";
import { provocations, servers } from "./provocations.ts";
import { requestIdOf } from "./reply.ts";
import { startTroublesomeApi } from "./troublesome.ts";

const codes = Object.keys(wire.codes) as MaveraCode[];
const conditions = [...Object.keys(wire.conditions), ...Object.keys(wire.domain ?? {})];

export function describeExplanations(kind: KindOfStores): void {
  const open = useStores();

  const openKept = async (): Promise<Pick<LiveApiOptions, "clock" | "kept">> => {
    const clock = new VirtualClock(startMs);
    const { stores, close } = await open(kind, clock);
    // What is registered last ends first: the API that uses them.
    onTestFinished(close);
    return { clock, kept: stores };
  };

  describe(`with stores in ${kind}, an explanation tells again what was told`, () => {
    test.each(codes)("with %s", async (code) => {
      const troublesome = await startTroublesomeApi({ ...servers[code], ...(await openKept()) });
      const { api, held } = troublesome;
      const { what, raw, ...how } = await provocations[code](troublesome);
      const reply = await (raw?.() ?? api.send(what, { key: api.keys.test, ...how }));
      held.release();
      const explained = await explainFrom(api.kept, mavera, await api.row(requestIdOf(reply)));
      expectToldAgain(explained, reply);
      expect(explained.told.code).toBe(code);
    });

    test("for each condition that the API behind the gate may report, and its words", async () => {
      let told = "";
      const wrap: LiveApiOptions["wrap"] = () => async () =>
        new Response(null, {
          headers: { "Sluice-Refuse": `${told}; param="items.0.x y"` },
        });
      const api = await startApi({ ...(await openKept()), wrap, saysAnything: true });
      for (const condition of conditions) {
        told = condition;
        const reply = await api.send("GET /personas", { key: api.keys.enterprise });
        const row = await api.row(requestIdOf(reply));
        const explained = await explainFrom(api.kept, mavera, row);
        expect(explained.what.condition).toBe(condition);
        expectToldAgain(explained, reply);
      }
    });
  });
}
