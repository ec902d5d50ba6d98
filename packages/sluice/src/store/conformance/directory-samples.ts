// An account with a workspace, a project and two keys, of which one is of the account alone.

import type {
  Account,
  Change,
  Directory,
  Key,
  Project,
  Stores,
  Workspace,
} from "../../gate/stores.ts";

/** All that this part of the suite needs of a store. */
export type DirectoryOnly = Pick<Stores, "directory">;

export const change: Change = { by: "ana", atMs: 1 };

export const account: Account = {
  id: "acct_1",
  name: "Örtlich GmbH",
  plan: "pro",
  subscription: "active",
  overrides: {
    windows: { requests: 120 },
    slots: { jobs: 3 },
    limits: { brands: 10 },
    allowance: { credits: 500, reset: { kind: "lazy", everyMs: 1_000 } },
  },
  warnings: { url: "https://example.test/ä?b=c", percents: [50, 99.5], secretVersion: 2 },
};

export const workspace: Workspace = { id: "ws_1", accountId: "acct_1", name: "main", budget: 50 };

export const project: Project = {
  id: "prj_1",
  accountId: "acct_1",
  workspaceId: "ws_1",
  name: "one",
  budget: 0,
};

export const bareKey: Key = {
  id: "key_bare",
  accountId: "acct_1",
  name: "bare",
  environment: "test",
  digests: ["digest_bare"],
  prefix: "sk_test_ab",
  lastFour: "wxyz",
  createdAtMs: 1,
};

export const key: Key = {
  ...bareKey,
  id: "key_1",
  workspaceId: "ws_1",
  projectId: "prj_1",
  environment: "live",
  digests: ["digest_old", "digest_new"],
  permissions: ["read", "write"],
  expiresAtMs: 1_000,
  budget: 7,
};

export async function putAll(directory: Directory): Promise<void> {
  await directory.putAccount(account, change);
  await directory.putWorkspace(workspace, change);
  await directory.putProject(project, change);
  await directory.putKey(key, change);
}
