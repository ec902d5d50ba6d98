// One warning sent once and now, whatever became of it before: an operator's wish, beside the courier's schedule.

import type { Clock } from "sluice/base";
import type { Account, Attempt, GateOptions, WarningRecord } from "sluice/gate";
import { bodyOf } from "./message.ts";
import type { Post } from "./post.ts";
import { signedHeaders } from "./signing.ts";

export type Receiver = Pick<NonNullable<Account["warnings"]>, "url" | "secretVersion">;

/** Sends it under its own id, so that a receiver which had it already can tell. */
export type SendOnce = (warning: WarningRecord, receiver: Receiver) => Promise<Attempt>;

export function createSendOnce(pepper: GateOptions["pepper"], post: Post, clock: Clock): SendOnce {
  return async (warning, { url, secretVersion }) => {
    const { id, accountId } = warning;
    const atMs = clock.wallMs();
    const body = bodyOf(warning);
    const signed = signedHeaders(pepper, { id: accountId, secretVersion }, { id, body, atMs });
    const { status, error, durationMs } = await post(url, { ...signed }, body);
    return { atMs, url, secretVersion, durationMs, status, error };
  };
}
