// Closing that says what it waits for: a hook that only runs out of time would not tell.

import { type Clock, systemClock } from "sluice/base";

/** Far more than any closing takes, and less than a hook may. */
const PATIENCE_MS = 15_000;

/** @param state what could keep it open, as it is when patience is over. */
export function closedInTime(
  what: string,
  closing: Promise<void>,
  state: () => object = () => ({}),
  clock: Clock = systemClock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE_MS, () => {
      const shown = JSON.stringify(state());
      reject(new Error(`${what} is not closed after ${PATIENCE_MS / 1_000} s: ${shown}`));
    });
    closing.then(resolve, reject).finally(cancel);
  });
}
