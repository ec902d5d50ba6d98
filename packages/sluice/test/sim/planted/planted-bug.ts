// A bug as a change to one line of the production code.

import type { Scenario } from "sluice/sim";

export interface Planted {
  readonly name: string;
  /** The first whose run shows it; another after the scenarios that seeds draw have changed. */
  readonly seed: number;
  /** Below `packages/sluice/src`. */
  readonly file: string;
  /** What is not left to the seed, where scenarios drawn from seeds show it too seldom. */
  readonly scenario?: Partial<Scenario>;
  /** Stands there once. */
  readonly find: string;
  readonly put: string;
}
