// The owner token that a gateway makes for itself at its start, for tools of the same machine. It is kept in this process only,
// so it ends with it, however it ends.

import { mintKey, previewOf } from "sluice";
import type { Clock, Random } from "sluice/base";
import type { Directory, Key, KeyDigests, Subscriber } from "sluice/gate";
import { withFindKey } from "../../session/with-find-key.ts";
import { roles } from "../contract/roles.ts";
import { wire } from "../contract/wire.ts";
import { adminAccount, localTokenId } from "./reserved.ts";

export interface LocalSecret {
  readonly secret: string;
  readonly madeAtMs: number;
}

export interface LocalToken {
  readonly secret: string;
  readonly key: Key;
  /** The key with what hangs on it, and with its digest. */
  subscriber(): Promise<Subscriber>;
  /** The directory as the admin API's gate sees it: this token, and stored ones; no customer's key. */
  over(directory: Directory): Directory;
}

/** @param made one that goes on. @default a new one */
export function createLocalToken(
  digests: KeyDigests,
  clock: Clock,
  random: Random,
  made: LocalSecret = newLocalSecret(clock, random),
): LocalToken {
  const { secret, madeAtMs } = made;
  const digest = digests.digest(secret);
  const key: Key = {
    id: localTokenId,
    accountId: adminAccount.id,
    name: "local",
    environment: "live",
    digests: [],
    ...previewOf(secret),
    permissions: roles.owner,
    createdAtMs: madeAtMs,
  };
  const subscriber = async () => ({
    key: { ...key, digests: [await digest] },
    account: adminAccount,
  });
  return {
    secret,
    key,
    subscriber,
    over: (directory) =>
      withFindKey(directory, async (asked) => {
        if (asked === (await digest)) return subscriber();
        const found = await directory.findKey(asked);
        return found?.account.id === adminAccount.id ? found : undefined;
      }),
  };
}

export function newLocalSecret(clock: Clock, random: Random): LocalSecret {
  return { secret: mintKey(wire.key, "live", random), madeAtMs: clock.wallMs() };
}
