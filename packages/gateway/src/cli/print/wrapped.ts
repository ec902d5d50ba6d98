// Sentences on lines that a person can read.

import { outputWidth } from "./terminal.ts";

/** Wider lines are hard to read, and a program gets no wider ones either. */
const WIDTH_MAX = 100;

export function readableWidth(): number {
  return Math.min(WIDTH_MAX, outputWidth());
}

/** Broken between words, never within one; no line for no text. */
export function wrapped(text: string, width: number = readableWidth()): string[] {
  if (text === "") return [];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
