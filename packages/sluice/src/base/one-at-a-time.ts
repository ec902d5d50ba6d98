// Changes to one thing follow one another: none may be made from what another is about to change.

/** Runs changes of the same name one after the other, whatever becomes of each; of different names at once. */
export type OneAtATime = <T>(name: string, change: () => Promise<T>) => Promise<T>;

/** Remembers only what is under way. */
export function oneAtATime(): OneAtATime {
  const latest = new Map<string, Promise<unknown>>();
  return (name, change) => {
    const mine = (latest.get(name) ?? Promise.resolve()).then(change, change);
    const forget = () => {
      if (latest.get(name) === mine) latest.delete(name);
    };
    latest.set(name, mine);
    mine.then(forget, forget);
    return mine;
  };
}
