/** The look-up of a secret, under every pepper that is still in use. */
import type { Directory, Subscriber } from "../stores.ts";
import type { KeyDigests } from "./key-digest.ts";

export interface FoundKey {
  readonly subscriber: Subscriber;
  /** The one that it was found by. */
  readonly digest: string;
}

export async function findKey(
  directory: Directory,
  digests: KeyDigests,
  secret: string,
): Promise<FoundKey | undefined> {
  for (const candidate of digests.candidates(secret)) {
    const digest = await candidate();
    const subscriber = await directory.findKey(digest);
    if (subscriber !== undefined) return { subscriber, digest };
  }
  return undefined;
}
