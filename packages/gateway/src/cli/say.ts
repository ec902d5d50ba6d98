// What is for people goes to standard error: standard output belongs to the lines of the log.

import { styleText } from "node:util";

export function say(line: string): void {
  console.error(line);
}

/** Makes a word stand out, where that can be seen. */
export function loud(text: string): string {
  return styleText("bold", text, { stream: process.stderr });
}

export function faint(text: string): string {
  return styleText("dim", text, { stream: process.stderr });
}
