// What a row of a table of wrong configurations says.

import type { Change } from "../small.ts";

/** What is wrong, what is changed in the smallest configuration, the place of the complaint, and words that it must have. */
export type Wrong = readonly [title: string, changes: readonly Change[], at: string, says: RegExp];
