// Records in memory: one process has them, and they are gone with it. Nothing can come between a
// look and a change, since all work is synchronous.

import { assert } from "sluice/base";
import { foldText } from "./folding.ts";
import type {
  AfterPage,
  JobFilter,
  JobRecord,
  Jobs,
  OffsetPage,
  Persona,
  PersonaFilter,
  Personas,
  Records,
  ThreadFilter,
  ThreadMessage,
  ThreadRecord,
  Threads,
} from "./records.ts";

export function createMemoryRecords(): Records {
  const claimed = new Set<string>();
  return {
    opening: 1,
    personas: new MemoryPersonas(),
    threads: new MemoryThreads(),
    jobs: new MemoryJobs(),
    read: (work) => work(),
    write: (work) => work(),
    claimId(id) {
      const isFree = !claimed.has(id);
      claimed.add(id);
      return isFree;
    },
  };
}

/** Maps keep the order of insertion, and keep it when a thing is replaced. */
class MemoryPersonas implements Personas {
  /** An owner of `undefined` is everybody. */
  readonly #owned = new Map<string, { readonly owner: string | undefined; persona: Persona }>();

  page(
    { accountId, category, search = "" }: PersonaFilter,
    page: AfterPage,
  ): readonly Persona[] | undefined {
    const visible = [...this.#owned.values()]
      .filter(({ owner }) => owner === undefined || owner === accountId)
      .map(({ persona }) => persona);
    return following(visible, page, (persona) => {
      const isOfCategory = category === undefined || persona.category === category;
      return isOfCategory && foldText(persona.name).includes(foldText(search));
    });
  }

  find(accountId: string, id: string): Persona | undefined {
    const found = this.#owned.get(id);
    const isVisible = found?.owner === undefined || found.owner === accountId;
    return isVisible ? found?.persona : undefined;
  }

  insertBase(persona: Persona): void {
    this.#owned.set(persona.id, { owner: undefined, persona });
  }

  insert(accountId: string, persona: Persona): void {
    this.#owned.set(persona.id, { owner: accountId, persona });
  }
}

class MemoryThreads implements Threads {
  readonly #threads = new Map<string, ThreadRecord>();
  readonly #messages = new Map<string, ThreadMessage[]>();

  page(
    { accountId, workspaceId, search = "" }: ThreadFilter,
    page: AfterPage,
  ): readonly ThreadRecord[] | undefined {
    const own = [...this.#threads.values()]
      .filter((thread) => thread.accountId === accountId)
      .toReversed();
    return following(own, page, (thread) => {
      const isOfWorkspace = workspaceId === undefined || thread.workspaceId === workspaceId;
      return isOfWorkspace && foldText(thread.title).includes(foldText(search));
    });
  }

  find(accountId: string, id: string): ThreadRecord | undefined {
    const thread = this.#threads.get(id);
    return thread?.accountId === accountId ? thread : undefined;
  }

  insert(thread: ThreadRecord): void {
    this.#threads.set(thread.id, thread);
  }

  replace(thread: ThreadRecord): void {
    assert(this.#threads.has(thread.id), "Only a thread that is there is replaced");
    this.#threads.set(thread.id, thread);
  }

  messages({ id }: ThreadRecord): readonly ThreadMessage[] {
    return [...(this.#messages.get(id) ?? [])];
  }

  addMessage({ id }: ThreadRecord, message: ThreadMessage): void {
    const messages = this.#messages.get(id) ?? [];
    messages.push(message);
    this.#messages.set(id, messages);
  }
}

class MemoryJobs implements Jobs {
  readonly #jobs = new Map<string, JobRecord>();

  page(filter: JobFilter, { limit, offset }: OffsetPage): readonly JobRecord[] {
    return this.#fitting(filter)
      .toReversed()
      .slice(offset, offset + limit);
  }

  count(filter: JobFilter): number {
    return this.#fitting(filter).length;
  }

  withId(id: string): JobRecord | undefined {
    return this.#jobs.get(id);
  }

  unheard(): readonly JobRecord[] {
    return [...this.#jobs.values()].filter((job) => !job.isHeard);
  }

  insert(job: JobRecord): void {
    this.#jobs.set(job.id, job);
  }

  replace(job: JobRecord): void {
    assert(this.#jobs.has(job.id), "Only a job that is there is replaced");
    this.#jobs.set(job.id, job);
  }

  #fitting({ kind, accountId, status }: JobFilter): readonly JobRecord[] {
    return [...this.#jobs.values()].filter(
      (job) =>
        job.kind === kind &&
        job.accountId === accountId &&
        (status === undefined || job.status === status),
    );
  }
}

function following<T extends { readonly id: string }>(
  things: readonly T[],
  { limit, after }: AfterPage,
  fits: (thing: T) => boolean,
): readonly T[] | undefined {
  // -1 for none, after which comes the first.
  const at = things.findIndex(({ id }) => id === after);
  if (at === -1 && after !== undefined) return undefined;
  return things
    .slice(at + 1)
    .filter(fits)
    .slice(0, limit);
}
