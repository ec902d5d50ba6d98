// What a caller can ask of an API, and what that must cost: told by the tests themselves, not by the API.

import type { Random } from "sluice/base";

/** How the work is done: within its call, within its call but in pieces, or by a job after it. */
export type Manner = "call" | "stream" | "job";

export interface Wish {
  readonly path: string;
  /** With one it is a POST, else a GET. */
  readonly body?: string;
  readonly manner: Manner;
  /** What it costs if it is done. */
  readonly credits: number;
}

export interface Wishes {
  /** Something that costs. */
  work(random: Random): Wish;
  read(random: Random): Wish;
  /** Something that no caller gets. */
  refused(random: Random): Wish;
}

export function free(path: string, body?: string): Wish {
  return { path, manner: "call", credits: 0, ...(body !== undefined && { body }) };
}
