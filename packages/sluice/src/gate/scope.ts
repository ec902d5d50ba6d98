/**
 * Who pays below the account. A key has a workspace and a project of its own, or an operation's input names
 * them; then they must be the caller's. Records are kept for a while, as keys are, and forgotten at a change.
 */
import { type Awaitable, type Clock, isPromise } from "../base/index.ts";
import type { Caller } from "./keys/identity.ts";
import type { Budget, Directory, Project, Workspace } from "./stores.ts";

/** What a request found: the caller as the upstream is told of it, and the budgets that must have room. */
export interface Payer {
  readonly caller: Caller;
  readonly budgets: readonly Budget[];
}

const KNOWN_MS = 60_000;
const KNOWN_MAX = 10_000;
/** No id is longer; what is longer need not be looked for. */
const ID_LENGTH_MAX = 200;

interface Records {
  readonly workspace: Workspace;
  readonly project: Project;
}

interface Known {
  readonly record: Workspace | Project;
  readonly untilMs: number;
}

/** Workspaces and projects by their ids. */
export class ScopeFinder {
  readonly #directory: Directory;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  #changes = 0;
  readonly close: () => void;

  constructor(directory: Directory, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
    this.close = directory.watch(
      (accountId) => this.#forget(accountId),
      () => this.#forgetAll(),
    );
  }

  find<Kind extends keyof Records>(kind: Kind, id: string): Awaitable<Records[Kind] | undefined> {
    if (id === "" || id.length > ID_LENGTH_MAX) return undefined;
    const name = `${kind} ${id}`;
    const nowMs = this.#clock.monotonicMs();
    const known = this.#known.get(name);
    if (known !== undefined && nowMs < known.untilMs) return known.record as Records[Kind];
    const changes = this.#changes;
    const keep = (record: Workspace | Project | undefined) => {
      // What was read before a change may be stale.
      if (record !== undefined && changes === this.#changes) this.#keep(name, record, nowMs);
      return record as Records[Kind] | undefined;
    };
    const found =
      kind === "workspace" ? this.#directory.workspace(id) : this.#directory.project(id);
    return isPromise(found) ? found.then(keep) : keep(found);
  }

  #keep(name: string, record: Workspace | Project, nowMs: number): void {
    this.#known.delete(name);
    this.#known.set(name, { record, untilMs: nowMs + KNOWN_MS });
    if (this.#known.size <= KNOWN_MAX) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      return;
    }
  }

  #forget(accountId: string): void {
    this.#changes++;
    for (const [name, { record }] of this.#known) {
      if (record.accountId === accountId) this.#known.delete(name);
    }
  }

  #forgetAll(): void {
    this.#changes++;
    this.#known.clear();
  }
}
