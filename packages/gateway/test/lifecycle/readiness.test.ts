// Whether a gateway is ready, and what it says where it is not.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { type Check, createReadiness } from "../../src/lifecycle/readiness.ts";
import { createRedaction } from "../../src/watch/redaction.ts";
import { films } from "../fixtures/film-gate.ts";

const redact = createRedaction([films.wire.key]);

function rig(checks: readonly Check[] = []) {
  const clock = new VirtualClock();
  return { clock, readiness: createReadiness({ checks, redact, clock }) };
}

function down(name: string, isNeeded: boolean, why = "refused"): Check {
  return { name, isNeeded, check: () => Promise.reject(new Error(why)) };
}

describe("readiness", () => {
  it("begins once everything is in order, and ends with the drain", async () => {
    const { readiness } = rig();
    const status = async () => (await readiness.report()).status;
    expect(await status()).toBe("starting");
    readiness.start();
    expect(await status()).toBe("ready");
    readiness.drain();
    expect(await status()).toBe("draining");
    readiness.start();
    expect(await status()).toBe("draining");
  });

  it("needs what is needed, and tells of the rest", async () => {
    const { readiness } = rig([down("limits", false), { ...down("x", true), check: () => {} }]);
    readiness.start();
    expect(await readiness.report()).toEqual({
      status: "ready",
      checks: [
        { name: "limits", status: "failing", isNeeded: false, why: "refused" },
        { name: "x", status: "ok", isNeeded: true },
      ],
    });
    const other = rig([down("ledger", true)]);
    other.readiness.start();
    expect((await other.readiness.report()).status).toBe("failing");
  });

  it("shows neither a password nor a key", async () => {
    const why = `connect to postgres://sluice:hunter2@db:5432/x with film_live_${"a".repeat(32)} failed`;
    const { readiness } = rig([down("ledger", true, why)]);
    const [check] = (await readiness.report()).checks;
    expect(check?.why).toBe("connect to postgres://db:5432/x with film_live_... failed");
  });

  it("looks once a second at most, however many ask", async () => {
    let looks = 0;
    const { readiness, clock } = rig([
      {
        name: "a",
        isNeeded: true,
        check: () => {
          looks++;
        },
      },
    ]);
    await Promise.all(Array.from({ length: 100 }, () => readiness.report()));
    await clock.advance(999);
    await readiness.report();
    expect(looks).toBe(1);
    await clock.advance(1);
    await readiness.report();
    expect(looks).toBe(2);
  });

  it("does not wait for what hangs", async () => {
    const { readiness, clock } = rig([
      { name: "a", isNeeded: true, check: () => new Promise(() => {}) },
    ]);
    const report = readiness.report();
    await clock.advance(800);
    expect((await report).checks[0]).toMatchObject({ why: "no answer within 800 ms" });
  });
});
