// Who calls: accounts with credits, and a key for each caller.

import { mintKey, previewOf } from "../../contract/index.ts";
import { type Change, createKeyDigests, type Directory, type Key } from "../../gate/index.ts";
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

/** Where people are written down. */
type Asked = Pick<SharedStores, "asked">;

export async function settlePeople(world: SimWorld, stores: Asked): Promise<Person[]> {
  const people: Person[] = [];
  for (const [at, group] of world.scenario.callers.entries()) {
    for (let number = 0; number < group.count; number++) {
      const accountId = `account ${at}.${Math.floor(number / group.perAccount)}`;
      if (number % group.perAccount === 0) await openAccount(world, stores, accountId, group);
      const names = { name: `${group.name} ${at}.${number}`, keyId: `key_${at}_${number}` };
      people.push(await giveKey(world, stores, { ...names, group, accountId }, number));
    }
  }
  return people;
}

/** Somebody who has never called, for each node; alike the first caller. */
export async function settleProbers(world: SimWorld, stores: Asked): Promise<Person[]> {
  const [group] = world.scenario.callers;
  const probers: Person[] = [];
  for (let node = 0; group !== undefined && node < world.scenario.nodes.count; node++) {
    const accountId = `account of probe ${node}`;
    await openAccount(world, stores, accountId, group);
    const names = { name: `probe ${node}`, keyId: `key_probe_${node}` };
    probers.push(await giveKey(world, stores, { ...names, group, accountId }));
  }
  return probers;
}

async function openAccount(
  world: SimWorld,
  { asked: { directory, ledger } }: Asked,
  id: string,
  group: AnyGroup,
): Promise<void> {
  const atMs = world.clock.wallMs();
  const account = { id, name: id, plan: world.subject.planOf(group) };
  await directory.putAccount({ ...account, subscription: "active" }, { by: "world", atMs });
  await putWorkspace(world, directory, id, { by: "world", atMs });
  const grant = { id: `grant of ${id}`, accountId: id, amount: world.subject.credits };
  await ledger.grant({ ...grant, reason: "beginning" }, atMs);
}

async function giveKey(
  world: SimWorld,
  stores: Asked,
  person: Omit<Person, "secret">,
  number = 0,
): Promise<Person> {
  const { name, keyId, accountId } = person;
  const format = world.subject.api.wire.key;
  const secret = mintKey(format, "live", world.random(`key of ${name}`));
  const change = { by: "world", atMs: world.clock.wallMs() };
  const preview = previewOf(secret);
  const key = { id: keyId, accountId, name, environment: "live" as const, ...preview };
  const digests = [await createKeyDigests(PEPPER, simDigests).digest(secret)];
  const belongs = await putProject(world, stores.asked.directory, { accountId, number }, change);
  await stores.asked.directory.putKey(
    { ...key, ...belongs, digests, createdAtMs: change.atMs },
    change,
  );
  return { ...person, secret };
}

/** Keys of one account in one project. */
const KEYS_A_PROJECT = 2;

async function putWorkspace(
  { scenario: { budgets } }: SimWorld,
  directory: Directory,
  accountId: string,
  change: Change,
): Promise<void> {
  if (budgets === undefined) return;
  const { workspace: budget } = budgets;
  const id = workspaceOf(accountId);
  await directory.putWorkspace({ id, accountId, name: id, ...(budget && { budget }) }, change);
}

/** What a key has of its own: its project, and the caps on both. */
async function putProject(
  { scenario: { budgets } }: SimWorld,
  directory: Directory,
  { accountId, number }: { readonly accountId: string; readonly number: number },
  change: Change,
): Promise<Partial<Key>> {
  if (budgets === undefined) return {};
  const { project: cap, key } = budgets;
  const workspaceId = workspaceOf(accountId);
  const projectId = `project ${Math.floor(number / KEYS_A_PROJECT)} of ${accountId}`;
  const project = { id: projectId, accountId, workspaceId, name: projectId };
  await directory.putProject({ ...project, ...(cap && { budget: cap }) }, change);
  return { projectId, ...(key && { budget: key }) };
}

function workspaceOf(accountId: string): string {
  return `workspace of ${accountId}`;
}

/** An operator ends a key, by the desk of any gate. */
export function revoke(stores: SharedStores, keyId: string, atMs: number): void {
  const key = stores.directory.key(keyId);
  if (key === undefined || key.revokedAtMs !== undefined) return;
  void stores.asked.directory.putKey({ ...key, revokedAtMs: atMs }, { by: "operator", atMs });
}
