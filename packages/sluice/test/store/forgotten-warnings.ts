// What every store forgets of its warnings, and what it keeps: the same steps for each of them.

import { expect } from "vitest";
import type { VirtualClock } from "../../src/base/index.ts";
import {
  type Notices,
  type SpendWarning,
  WARNINGS_KEPT_MS,
  type Warning,
} from "../../src/gate/stores.ts";

/** When the period of the warnings ends. */
export const resetAtMs = Date.UTC(2_026, 1, 1);

const warning = (id: string, change: Partial<SpendWarning> = {}): Warning => ({
  id,
  accountId: "acct_1",
  subject: { kind: "credits" },
  periodStartMs: Date.UTC(2_026, 0, 1),
  resetAtMs,
  percent: 50,
  used: 5,
  cap: 10,
  atMs: Date.UTC(2_026, 0, 2),
  url: undefined,
  ...change,
});

/** `pass` lets a store look after itself at the time of the clock. */
export async function forgetsOldWarnings(
  notices: Notices,
  clock: VirtualClock,
  pass: () => Promise<unknown>,
): Promise<void> {
  const left = async () => {
    await pass();
    const all = await notices.warnings({ limit: 100 });
    return all.map(({ id }) => id).join();
  };
  await notices.raise(warning("old"));
  await notices.raise(warning("waits", { url: "https://example.com/hooks" }));
  await notices.raise(warning("for good", { resetAtMs: undefined }));
  await notices.raise(warning("next", { resetAtMs: resetAtMs + WARNINGS_KEPT_MS }));
  await clock.advance(resetAtMs + WARNINGS_KEPT_MS - 100_000 - clock.wallMs());
  expect(await left()).toBe("next,for good,waits,old");
  await clock.advance(200_000);
  await expect.poll(left).toBe("next,for good");
  const atMs = clock.wallMs();
  expect(await notices.raise(warning("for good", { resetAtMs: undefined, atMs }))).toBe(false);
  expect(await notices.take(atMs, atMs + 1, 9)).toEqual([]);
}
