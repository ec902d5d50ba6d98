// What a process of a test says of itself: on its way before anything else happens to it.

import { writeSync } from "node:fs";

/** At once, whatever happens next: the other process must know of it. */
export const tell = (...words: readonly (string | number)[]) => writeAll(`${words.join("\t")}\n`);

/** Whole, also through a pipe that is full for the moment: who reads it may be slow. */
function writeAll(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
