// Who calls: accounts with credits, and a key for each caller.

import { mintKey, previewOf } from "../../contract/index.ts";
import { type Change, createKeyDigests, type Key } from "../../gate/index.ts";
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
  const { key } = simApi(world.scenario).wire;
  return mintKey(key, "live", world.random(`stranger ${number}`));
}

export async function settlePeople(world: SimWorld, stores: SharedStores): Promise<Person[]> {
  const { allowed, callers } = world.scenario;
  const { key: format } = simApi(world.scenario).wire;
  const keyDigests = createKeyDigests(PEPPER, simDigests);
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
        putWorkspace(world, stores, accountId, change);
        stores.ledger.grant({ ...grant, reason: "beginning" }, change.atMs);
      }
      const secret = mintKey(format, "live", world.random(`key of ${name}`));
      const keyId = `key_${at}_${number}`;
      const preview = previewOf(secret);
      const key = { id: keyId, accountId, name, environment: "live" as const, ...preview };
      const digests = [await keyDigests.digest(secret)];
      const belongs = putProject(world, stores, { accountId, number }, change);
      const whole = { ...key, ...belongs, digests, createdAtMs: change.atMs };
      stores.directory.putKey(whole, change);
      people.push({ name, group, accountId, keyId, secret });
    }
  }
  return people;
}

/** Keys of one account in one project. */
const KEYS_A_PROJECT = 2;

function putWorkspace(
  { scenario: { budgets } }: SimWorld,
  { directory }: SharedStores,
  accountId: string,
  change: Change,
): void {
  if (budgets === undefined) return;
  const { workspace: budget } = budgets;
  const id = workspaceOf(accountId);
  directory.putWorkspace({ id, accountId, name: id, ...(budget && { budget }) }, change);
}

/** What a key has of its own: its project, and the caps on both. */
function putProject(
  { scenario: { budgets } }: SimWorld,
  { directory }: SharedStores,
  { accountId, number }: { readonly accountId: string; readonly number: number },
  change: Change,
): Partial<Key> {
  if (budgets === undefined) return {};
  const { project: cap, key } = budgets;
  const workspaceId = workspaceOf(accountId);
  const projectId = `project ${Math.floor(number / KEYS_A_PROJECT)} of ${accountId}`;
  const project = { id: projectId, accountId, workspaceId, name: projectId };
  directory.putProject({ ...project, ...(cap && { budget: cap }) }, change);
  return { projectId, ...(key && { budget: key }) };
}

function workspaceOf(accountId: string): string {
  return `workspace of ${accountId}`;
}

/** An operator ends a key, by the desk of any gate. */
export function revoke(stores: SharedStores, keyId: string, atMs: number): void {
  const key = stores.directory.key(keyId);
  if (key === undefined || key.revokedAtMs !== undefined) return;
  stores.directory.putKey({ ...key, revokedAtMs: atMs }, { by: "operator", atMs });
}
