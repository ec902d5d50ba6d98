// The lines of a file, a piece of it at a time, from either end: a log may be far larger than memory, and newest first.

import { type FileHandle, open } from "node:fs/promises";

export interface Line {
  readonly text: string;
  /** From 1 on; from the end, where it is read from there. */
  readonly number: number;
}

const PIECE_BYTES = 256 * 1_024;
/** No row is longer: what is longer is no log. */
export const LINE_BYTES_MAX = 1_048_576;
const NEWLINE = 0x0a;

/** Lines as they stand in the file, many at a time, without their ends; empty ones are counted and left out. */
export async function* linesFrom(file: string, fromEnd: boolean): AsyncGenerator<readonly Line[]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    let rest: Uint8Array = new Uint8Array(0);
    let number = 0;
    for (let done = 0; done < size; ) {
      const length = Math.min(PIECE_BYTES, size - done);
      const at = fromEnd ? size - done - length : done;
      const piece = await readAt(handle, at, length);
      done += length;
      const whole = fromEnd ? joined(piece, rest) : joined(rest, piece);
      const { parts, left } = split(whole, done < size, fromEnd);
      if (left.length > LINE_BYTES_MAX) throw new LongLineError(number + parts.length + 1);
      rest = left;
      const lines = parts.map((part) => ({ text: textOf(part), number: ++number }));
      yield lines.filter(({ text }) => text !== "");
    }
  } finally {
    await handle.close();
  }
}

export class LongLineError extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is longer than ${LINE_BYTES_MAX} bytes`);
    this.line = line;
  }
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** The whole lines in the order in which they are read, and what may go on in the next piece. */
function split(bytes: Uint8Array, isMore: boolean, fromEnd: boolean) {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  parts.push(bytes.subarray(from));
  if (fromEnd) parts.reverse();
  // The one at the edge of what was read: the first of the file where it is read from its end.
  const left = isMore ? (parts.pop() ?? bytes) : new Uint8Array(0);
  return { parts, left };
}

const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  const text = utf8.decode(bytes);
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
