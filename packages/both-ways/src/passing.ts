// A virtual clock for who waits: time passes where somebody sleeps, and nowhere else.

import type { Clock, VirtualClock } from "sluice/base";

export function passing(clock: VirtualClock): Clock {
  return {
    wallMs: () => clock.wallMs(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: (ms) => clock.advance(ms),
    after: (ms, callback) => clock.after(ms, callback),
  };
}
