// Who calls: accounts with credits, and a key for each caller.

import { mintKey, previewOf } from "../../contract/index.ts";
import { createKeyDigests } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { CallerGroup } from "../scenario.ts";
import type { SharedStores } from "./shared-stores.ts";
import { simApi } from "./sim-api.ts";
import { simDigests } from "./sim-digests.ts";

export const PEPPER: Uint8Array = new Uint8Array(32).fill(7);

export interface Person {
  readonly name: string;
  readonly group: CallerGroup;
  readonly accountId: string;
  readonly keyId: string;
  readonly secret: string;
}

/** The keys that nobody has: well-shaped, and never made. */
export function strangersKey(world: SimWorld, number: number): string {
  const { key } = simApi(world.scenario.allowed).wire;
  return mintKey(key, "live", world.random(`stranger ${number}`));
}

export async function settlePeople(world: SimWorld, stores: SharedStores): Promise<Person[]> {
  const { allowed, callers } = world.scenario;
  const { key: format } = simApi(allowed).wire;
  const digests = createKeyDigests(PEPPER, simDigests);
  const change = { by: "world", atMs: world.clock.wallMs() };
  const people: Person[] = [];
  for (const [at, group] of callers.entries()) {
    for (let number = 0; number < group.count; number++) {
      const accountId = `account ${at}.${Math.floor(number / group.perAccount)}`;
      const name = `${group.name} ${at}.${number}`;
      if (number % group.perAccount === 0) {
        const account = { id: accountId, name: accountId, plan: "only" };
        stores.directory.putAccount({ ...account, subscription: "active" }, change);
        const grant = { id: `grant of ${accountId}`, accountId, amount: allowed.credits };
        stores.ledger.grant({ ...grant, reason: "beginning" }, change.atMs);
      }
      const secret = mintKey(format, "live", world.random(`key of ${name}`));
      const keyId = `key_${at}_${number}`;
      const preview = previewOf(secret);
      const key = { id: keyId, accountId, name, environment: "live" as const, ...preview };
      const digest = await digests.digest(secret);
      stores.directory.putKey({ ...key, digests: [digest], createdAtMs: change.atMs }, change);
      people.push({ name, group, accountId, keyId, secret });
    }
  }
  return people;
}

/** An operator ends a key, by the desk of any gate. */
export function revoke(stores: SharedStores, keyId: string, atMs: number): void {
  const key = stores.directory.key(keyId);
  if (key === undefined || key.revokedAtMs !== undefined) return;
  stores.directory.putKey({ ...key, revokedAtMs: atMs }, { by: "operator", atMs });
}
