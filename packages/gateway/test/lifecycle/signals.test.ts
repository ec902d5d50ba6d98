// What signals do: with a host of the test's own, and to a real process.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { type Host, stopOnSignals } from "../../src/lifecycle/signals.ts";

function rig({ npm = false, endsWell = true, ends = true } = {}) {
  const clock = new VirtualClock();
  const listeners: Record<string, () => void> = {};
  const exits: number[] = [];
  const said: string[] = [];
  let drains = 0;
  const host: Host & { ppid: number } = {
    on: (signal, listener) => {
      listeners[signal] = listener;
    },
    exit: (code) => void exits.push(code),
    ppid: 1_000,
    env: npm ? { npm_lifecycle_event: "start" } : {},
  };
  stopOnSignals({
    host,
    clock,
    say: (line) => said.push(line),
    drain: () => {
      drains++;
      return ends ? Promise.resolve(endsWell) : new Promise(() => {});
    },
  });
  const send = (signal: "SIGINT" | "SIGTERM") => listeners[signal]?.();
  return { clock, exits, said, host, send, drains: () => drains };
}

describe("a signal", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s drains, and ends well", async (signal) => {
    const { exits, said, send, drains, clock } = rig();
    send(signal);
    await clock.advance(0);
    expect([drains(), exits]).toEqual([1, [0]]);
    expect(said).toEqual([
      "Stopping once what is under way is answered; the same again stops at once.",
    ]);
  });

  it("ends with 1 where draining failed", async () => {
    const { exits, send, clock } = rig({ endsWell: false });
    send("SIGTERM");
    await clock.advance(0);
    expect(exits).toEqual([1]);
  });

  it("that comes twice at once is one; a second one later stops at once", async () => {
    const { exits, send, drains, clock } = rig({ ends: false });
    send("SIGINT");
    await clock.advance(500);
    send("SIGINT");
    expect([drains(), exits]).toEqual([1, []]);
    await clock.advance(1);
    send("SIGTERM");
    expect([drains(), exits]).toEqual([1, [130]]);
  });

  it("that npm keeps to itself is seen by our being orphaned", async () => {
    const { host, clock, drains } = rig({ npm: true });
    await clock.advance(10_000);
    expect(drains()).toBe(0);
    host.ppid = 1;
    await clock.advance(250);
    expect(drains()).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it("without npm nobody looks for our parent", async () => {
    const { clock } = rig();
    expect(clock.pendingTimers).toBe(0);
  });
});
