// Who calls: accounts with credits, and a key for each caller.

import { mintKey, previewOf } from "../../contract/index.ts";
import { createKeyDigests } from "../../gate/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { SharedStores } from "./shared-stores.ts";
import { simDigests } from "./sim-digests.ts";

export const PEPPER: Uint8Array = new Uint8Array(32).fill(7);

export interface Person {
  readonly name: string;
  readonly group: AnyGroup;
  readonly accountId: string;
  readonly keyId: string;
  readonly secret: string;
}

/** The keys that nobody has: well-shaped, and never made. */
export function strangersKey(world: SimWorld, number: number): string {
  return mintKey(world.subject.api.wire.key, "live", world.random(`stranger ${number}`));
}

export async function settlePeople(world: SimWorld, stores: SharedStores): Promise<Person[]> {
  const people: Person[] = [];
  for (const [at, group] of world.scenario.callers.entries()) {
    for (let number = 0; number < group.count; number++) {
      const accountId = `account ${at}.${Math.floor(number / group.perAccount)}`;
      if (number % group.perAccount === 0) openAccount(world, stores, accountId, group);
      const names = { name: `${group.name} ${at}.${number}`, keyId: `key_${at}_${number}` };
      people.push(await giveKey(world, stores, { ...names, group, accountId }));
    }
  }
  return people;
}

/** Somebody who has never called, for each node; alike the first caller. */
export async function settleProbers(world: SimWorld, stores: SharedStores): Promise<Person[]> {
  const [group] = world.scenario.callers;
  const probers: Person[] = [];
  for (let node = 0; group !== undefined && node < world.scenario.nodes.count; node++) {
    const accountId = `account of probe ${node}`;
    openAccount(world, stores, accountId, group);
    const names = { name: `probe ${node}`, keyId: `key_probe_${node}` };
    probers.push(await giveKey(world, stores, { ...names, group, accountId }));
  }
  return probers;
}

function openAccount(world: SimWorld, stores: SharedStores, id: string, group: AnyGroup): void {
  const atMs = world.clock.wallMs();
  const account = { id, name: id, plan: world.subject.planOf(group) };
  stores.directory.putAccount({ ...account, subscription: "active" }, { by: "world", atMs });
  const grant = { id: `grant of ${id}`, accountId: id, amount: world.subject.credits };
  stores.ledger.grant({ ...grant, reason: "beginning" }, atMs);
}

async function giveKey(
  world: SimWorld,
  stores: SharedStores,
  person: Omit<Person, "secret">,
): Promise<Person> {
  const { name, keyId, accountId } = person;
  const format = world.subject.api.wire.key;
  const secret = mintKey(format, "live", world.random(`key of ${name}`));
  const change = { by: "world", atMs: world.clock.wallMs() };
  const preview = previewOf(secret);
  const key = { id: keyId, accountId, name, environment: "live" as const, ...preview };
  const digest = await createKeyDigests(PEPPER, simDigests).digest(secret);
  stores.directory.putKey({ ...key, digests: [digest], createdAtMs: change.atMs }, change);
  return { ...person, secret };
}

/** An operator ends a key, by the desk of any gate. */
export function revoke(stores: SharedStores, keyId: string, atMs: number): void {
  const key = stores.directory.key(keyId);
  if (key === undefined || key.revokedAtMs !== undefined) return;
  stores.directory.putKey({ ...key, revokedAtMs: atMs }, { by: "operator", atMs });
}
