// Who wants to hear of changes. Every watcher hears of each, also after one that throws: a cache that misses a
// revocation is a hole.

interface Watcher {
  readonly listener: (accountId: string) => void;
  readonly onAnything: (() => void) | undefined;
}

export class Watchers {
  readonly #watchers = new Set<Watcher>();

  /** Returns the way to stop. */
  add(listener: (accountId: string) => void, onAnything?: () => void): () => void {
    const watcher = { listener, onAnything };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** An account was changed, or perhaps. */
  tell(accountId: string): void {
    this.#each(({ listener }) => listener(accountId));
  }

  /** Whatever is cached may be out of date. */
  tellOfAnything(): void {
    this.#each(({ onAnything }) => onAnything?.());
  }

  #each(tell: (watcher: Watcher) => void): void {
    const failures: unknown[] = [];
    for (const watcher of [...this.#watchers]) {
      try {
        tell(watcher);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
