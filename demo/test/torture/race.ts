// Two servers started at once for one home: which of them serves.

import { type DemoProcess, spawnDemo } from "../demo-process.ts";

export interface Race {
  /** Those that serve. */
  readonly serving: readonly DemoProcess[];
  /** What the others said, and how they ended. */
  readonly beaten: readonly { readonly code: number | null; readonly stderr: string }[];
}

export async function race(home: string): Promise<Race> {
  const runners = [spawnDemo(home), spawnDemo(home)];
  const started = await Promise.all(
    runners.map((runner) =>
      runner.printed("Ctrl-C stops.").then(
        () => true,
        () => false,
      ),
    ),
  );
  const beaten = runners.filter((_, n) => started[n] === false);
  return {
    serving: runners.filter((_, n) => started[n]),
    beaten: await Promise.all(beaten.map(({ ended }) => ended)),
  };
}
