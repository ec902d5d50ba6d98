// The owner token that a gateway makes for itself at its start, for tools of the same machine. It is kept in this process only,
// so it ends with it, however it ends.

import { mintKey, previewOf } from "sluice";
import type { Clock, Random } from "sluice/base";
import type { Directory, Key, KeyDigests, Subscriber } from "sluice/gate";
import { admin, roles } from "../contract/index.ts";
import { adminAccount } from "./reserved.ts";

export interface LocalToken {
  readonly secret: string;
  readonly key: Key;
  /** The directory as the admin API's gate sees it: this token, and stored ones; no customer's key. */
  over(directory: Directory): Directory;
}

/** @param secret one that goes on. @default a new one */
export function createLocalToken(
  digests: KeyDigests,
  clock: Clock,
  random: Random,
  secret: string = mintKey(admin.wire.key, "live", random),
): LocalToken {
  const digest = digests.digest(secret);
  const key: Key = {
    id: "key_local",
    accountId: adminAccount.id,
    name: "local",
    environment: "live",
    digests: [],
    ...previewOf(secret),
    permissions: roles.owner,
    createdAtMs: clock.wallMs(),
  };
  return {
    secret,
    key,
    over: (directory) => withFindKey(directory, findKeyIn(directory, digest, key)),
  };
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

function withFindKey(directory: Directory, findKey: Directory["findKey"]): Directory {
  return new Proxy(directory, {
    get(target, member) {
      if (member === "findKey") return findKey;
      const value: unknown = Reflect.get(target, member);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
