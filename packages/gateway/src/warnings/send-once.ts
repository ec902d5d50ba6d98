// One warning sent once and now, signed for its receiver: what each of the courier's tries is, and what an operator may wish for
// beside its schedule.

import type { Clock } from "sluice/base";
import type { Account, Attempt, GateOptions, WarningRecord } from "sluice/gate";
import { bodyOf } from "./message.ts";
import type { Post, Posted } from "./post.ts";
import { signedHeaders } from "./signing.ts";

export type Receiver = Pick<NonNullable<Account["warnings"]>, "url" | "secretVersion">;

/** Sends it under its own id, so that a receiver which had it already can tell. */
export type SendOnce = (warning: WarningRecord, receiver: Receiver) => Promise<Attempt>;

export interface Sending {
  readonly pepper: GateOptions["pepper"];
  readonly post: Post;
}

export function createSendOnce(sending: Sending, clock: Clock): SendOnce {
  return async (warning, receiver) => {
    const atMs = clock.wallMs();
    return attemptAt(atMs, receiver, await sendSigned(sending, warning, receiver, atMs));
  };
}

/** @param atMs when it is signed. */
export function sendSigned(
  { pepper, post }: Sending,
  warning: WarningRecord,
  { url, secretVersion }: Receiver,
  atMs: number,
): Promise<Posted> {
  const { id, accountId } = warning;
  const body = bodyOf(warning);
  const signed = signedHeaders(pepper, { id: accountId, secretVersion }, { id, body, atMs });
  return post(url, { ...signed }, body);
}

/** What came of it, as it is written down. */
export function attemptAt(
  atMs: number,
  { url, secretVersion }: Receiver,
  { status, error, durationMs }: Posted,
): Attempt {
  return { atMs, url, secretVersion, durationMs, status, error };
}
