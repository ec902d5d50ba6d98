/** Calls that are made at given moments, whatever became of those before. */
import type { Call, Sender } from "./peer.ts";
import type { Stage } from "./stage.ts";

/** When each call of so many succeeded; those that did not are missing. */
export type Succeeded = ReadonlyMap<number, number>;

export interface Offer {
  readonly calls: number;
  readonly perSecond: number;
  readonly method?: Call["method"];
  /** When the row ends, done or not. */
  readonly limitMs: number;
  readonly headersFor?: (call: number) => Record<string, string>;
}

/** @param senders take turns */
export async function offer(
  { clock }: Pick<Stage, "clock">,
  senders: readonly Sender[],
  { calls, perSecond, method = "GET", limitMs, headersFor }: Offer,
): Promise<Succeeded> {
  const succeeded = new Map<number, number>();
  const made = Array.from({ length: calls }, async (_, call) => {
    await clock.sleep((call * 1_000) / perSecond);
    const headers = { "x-call": `${call}`, ...headersFor?.(call) };
    await senders[call % senders.length]?.send({ method, headers });
    succeeded.set(call, clock.monotonicMs());
  });
  await Promise.race([Promise.allSettled(made), clock.sleep(limitMs)]);
  for (const sender of senders) sender.close?.();
  return new Map(succeeded);
}

/** From 0 up to 1 and always the same for the same numbers, so that chance does not depend on who comes first. */
export function hashed(...numbers: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  }
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
