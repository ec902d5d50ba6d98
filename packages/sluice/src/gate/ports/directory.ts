/** The port to who may call: accounts, workspaces, projects, keys, and the log of what was changed. */
import type { Awaitable } from "../../base/index.ts";
import type { Allowance, Environment } from "../../contract/index.ts";

/** Who may call: accounts, workspaces, projects, keys, and the log of what was changed. */
export interface Directory {
  /** The key with this digest and all that hangs on it, in one look-up; undefined when there is none. */
  findKey(digest: string): Awaitable<Subscriber | undefined>;
  /**
   * Inserts or replaces; refuses (throws) a workspace, project or key whose owner does not exist.
   * @param from The record that this one was made from, as it was read. Where another one stands there by now, nothing is put
   *   and the answer is false: make it anew from that one (`untilPut`). Absent: whatever stands there is replaced.
   * @returns Whether it was put.
   */
  putAccount(account: Account, change: Change, from?: Account): Awaitable<boolean>;
  putWorkspace(workspace: Workspace, change: Change, from?: Workspace): Awaitable<boolean>;
  putProject(project: Project, change: Change, from?: Project): Awaitable<boolean>;
  /**
   * A digest belongs to one key for ever: a second key with the same digest is refused (throws). So is a record
   * that makes a revoked key good again, as one would that was read before the revocation.
   */
  putKey(key: Key, change: Change, from?: Key): Awaitable<boolean>;
  account(id: string): Awaitable<Account | undefined>;
  key(id: string): Awaitable<Key | undefined>;
  workspace(id: string): Awaitable<Workspace | undefined>;
  project(id: string): Awaitable<Project | undefined>;
  /** Accounts, oldest first. */
  accounts(query: AccountQuery): Awaitable<readonly Account[]>;
  /** An account's keys, oldest first. */
  keysOf(accountId: string, page: Page): Awaitable<readonly Key[]>;
  /** An account's workspaces, oldest first. */
  workspacesOf(accountId: string, page: Page): Awaitable<readonly Workspace[]>;
  /** An account's projects, oldest first. */
  projectsOf(accountId: string, page: Page): Awaitable<readonly Project[]>;
  /** What was changed, newest first, with what was there before and after. */
  changes(query: ChangeQuery): Awaitable<readonly ChangeEntry[]>;
  /** Writes down a change of something that is kept elsewhere: a grant, an incident. Such an entry is never changed either. */
  note(change: Omit<ChangeEntry, "sequence">): Awaitable<void>;
  /**
   * Calls back after each committed change, so that caches can forget; a directory that others change too may
   * have missed some, and then calls `onAnything`: whatever is cached may be out of date. Returns the way to stop.
   */
  watch(listener: (accountId: string) => void, onAnything?: () => void): () => void;
}

/** A part of a list: at most `limit` records behind the one whose id is `after`; none behind one that is not there. */
export interface Page {
  readonly limit: number;
  readonly after?: string;
}

export interface AccountQuery extends Page {
  /** Only those whose id or name holds this text; ASCII letters in either case. @default all */
  readonly search?: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly subscription: "active" | "inactive";
  /** Exceptions from the plan, by name of the window, slot or count; and another allowance. */
  readonly overrides?: {
    readonly windows?: Readonly<Record<string, number>>;
    readonly slots?: Readonly<Record<string, number>>;
    readonly limits?: Readonly<Record<string, number>>;
    readonly allowance?: Allowance;
  };
  /** Where the account hears that its credits or a budget run low. @default nowhere */
  readonly warnings?: {
    /** The webhook. */
    readonly url: string;
    /** Parts of the credits or of a budget, in percent, rising. @default those of the contract */
    readonly percents?: readonly number[];
    /** Which of its signing secrets is in use: a higher number is another secret. */
    readonly secretVersion: number;
  };
}

export interface Workspace {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  /** Credits a calendar month (UTC); absent means no cap. */
  readonly budget?: number;
  readonly createdAtMs?: number;
  /** What the API's own answers keep with it. Nothing else reads it. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export interface Project extends Workspace {
  readonly workspaceId: string;
}

export interface Key {
  /** Public: safe in logs and consoles. */
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly name: string;
  readonly environment: Environment;
  /**
   * HMACs of the secrets that open this key, the newest last; two while one is being rotated out. Never the
   * secret.
   */
  readonly digests: readonly string[];
  /** Until when secrets other than the newest still open the key. Absent: they do not. */
  readonly overlapUntilMs?: number;
  /** The first ten characters and the last four of the newest secret. */
  readonly prefix: string;
  readonly lastFour: string;
  /** Absent: every permission. */
  readonly permissions?: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
  /** Credits a calendar month (UTC); absent means no cap. */
  readonly budget?: number;
}

/** A key with the records above it; the workspace also where the key names its project alone. */
export interface Subscriber {
  readonly key: Key;
  readonly account: Account;
  readonly workspace?: Workspace;
  readonly project?: Project;
}

/** Who changed something, and when. */
export interface Change {
  readonly by: string;
  readonly atMs: number;
}

export interface ChangeEntry extends Change {
  /** Rises with each entry of the directory; gaps mean nothing. */
  readonly sequence: number;
  /** Whose it is; empty for what is nobody's. */
  readonly accountId: string;
  readonly kind: "account" | "workspace" | "project" | "key" | "grant" | "incident";
  readonly id: string;
  /** The records, keys without their digests. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Which changes: all that match every property that is there. */
export interface ChangeQuery {
  readonly accountId?: string;
  readonly kind?: ChangeEntry["kind"];
  readonly id?: string;
  readonly by?: string;
  /** Newest first; at most this many. */
  readonly limit: number;
  /** Only those before the one of this number. */
  readonly before?: number;
}
