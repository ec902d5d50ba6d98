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
  return {
    secret,
    key,
    over: (directory) => withFindKey(directory, findKeyIn(directory, digest, key)),
  };
}

export function newLocalSecret(clock: Clock, random: Random): LocalSecret {
  return { secret: mintKey(wire.key, "live", random), madeAtMs: clock.wallMs() };
}

function findKeyIn(directory: Directory, own: Promise<string>, key: Key): Directory["findKey"] {
  return async (digest): Promise<Subscriber | undefined> => {
    if (digest === (await own)) {
      return { key: { ...key, digests: [digest] }, account: adminAccount };
    }
    const found = await directory.findKey(digest);
    return found?.account.id === adminAccount.id ? found : undefined;
  };
}
