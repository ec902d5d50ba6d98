/**
 * Server-sent events (WHATWG HTML, 9.2) as bytes that come in pieces: where one ends, and what it says. Each
 * keeps its own bytes, so that it can be passed on as it came.
 */
import { assert } from "../base/index.ts";

/** The event that ends a stream in place of its completion; its data is an error body of the contract. */
export const ERROR_EVENT = "error";

/** The longest event that either side of a stream reads. */
export const EVENT_BYTES_MAX = 1_048_576;

/** Whether a `Content-Type` is that of server-sent events. */
export function isEventStreamType(type: string): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(type);
}

/** One event: everything up to and with the empty line that ends it. */
export interface StreamEvent {
  readonly bytes: Uint8Array;
  /** Undefined where it has no name; readers take that for `message`. */
  readonly name: string | undefined;
  /** The data lines, joined by newlines; undefined where there are none: readers pass over such an event. */
  readonly data: string | undefined;
  /** What stands behind the colons of its comment lines. */
  readonly comments: readonly string[];
}

const LF = 10;
const CR = 13;
/** UTF-8's mark at the start of a stream, which is no part of its first line. */
const BOM = [0xef, 0xbb, 0xbf];

/** Cuts a stream of bytes into its events, wherever the pieces happen to end. */
export class EventSplitter {
  readonly #bytesMax: number;
  /** What came after the last whole event, at the start of a buffer that has room for more. */
  #buffer = new Uint8Array(0);
  #length = 0;
  /** How far that has been looked through, and where its last line began. */
  #seen = 0;
  #lineStart = 0;
  /** Whether the line before ended with a CRLF. */
  #isCrlf = false;
  /** Whether the event before ended with a CR, so that an LF right behind it is no line. */
  #isHalf = false;
  #isFirst = true;

  /** @param bytesMax of one event; a longer one is a fault. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The events that are whole now. Throws when one grows beyond its bound: then nothing more can be read. */
  push(piece: Uint8Array): readonly StreamEvent[] {
    this.#append(piece);
    const events: StreamEvent[] = [];
    let start = 0;
    for (let end = this.#endOfEvent(); end !== undefined; end = this.#endOfEvent()) {
      this.#checkLength(end - start);
      events.push(readEvent(this.#buffer.subarray(start, end), this.#isFirst));
      this.#isFirst = false;
      start = end;
    }
    this.#checkLength(this.#length - start);
    if (start > 0) this.#leave(start);
    return events;
  }

  /** What came after the last whole event: readers throw it away (9.2.6). */
  get unfinished(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#buffer.length) {
      // Twice the room each time: an event in many pieces is not copied once a piece.
      const larger = new Uint8Array(Math.max(length, 2 * this.#length));
      larger.set(this.unfinished);
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = length;
  }

  /** Leaves the events before `start` the buffer that they lie in, and goes on in a new one. */
  #leave(start: number): void {
    this.#buffer = this.#buffer.slice(start, this.#length);
    this.#length -= start;
    this.#seen -= start;
    this.#lineStart -= start;
  }

  #checkLength(length: number): void {
    assert(length <= this.#bytesMax, () => `an event of more than ${this.#bytesMax} bytes`);
  }

  /** Behind the next empty line, from where it was last looked; undefined where there is none yet. */
  #endOfEvent(): number | undefined {
    const bytes = this.#buffer;
    while (this.#seen < this.#length) {
      const at = this.#seen;
      const byte = bytes[at];
      const isRest = this.#isHalf && byte === LF;
      this.#isHalf = false;
      if (isRest || (byte !== LF && byte !== CR)) {
        this.#seen++;
        if (isRest || this.#isBehindBom()) this.#lineStart = this.#seen;
        continue;
      }
      const isEmpty = at === this.#lineStart;
      // Where lines end with a CR alone, an event ends with one: its reader must not wait for the next event.
      const isHalf = byte === CR && isEmpty && !this.#isCrlf;
      if (byte === CR && !isHalf && at + 1 === this.#length) return undefined;
      this.#isCrlf = byte === CR && !isHalf && bytes[at + 1] === LF;
      this.#seen = at + (this.#isCrlf ? 2 : 1);
      this.#lineStart = this.#seen;
      this.#isHalf = isHalf;
      if (isEmpty) return this.#seen;
    }
    return undefined;
  }

  #isBehindBom(): boolean {
    if (!this.#isFirst || this.#seen !== BOM.length) return false;
    return BOM.every((byte, index) => byte === this.#buffer[index]);
  }
}

const LINE_END = /\r\n|\r|\n/;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function readEvent(bytes: Uint8Array, isFirst: boolean): StreamEvent {
  let name: string | undefined;
  let data: string | undefined;
  const comments: string[] = [];
  const text = utf8.decode(bytes);
  for (const line of (isFirst ? text.replace(/^\ufeff/, "") : text).split(LINE_END)) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (colon === 0) comments.push(value);
    else if (field === "event") name = value === "" ? undefined : value;
    else if (field === "data") data = data === undefined ? value : `${data}\n${value}`;
  }
  return { bytes, name, data, comments };
}

const encoder = new TextEncoder();

/** An event as bytes. */
export function writeEvent(name: string | undefined, data: string): Uint8Array {
  assert(name === undefined || !LINE_END.test(name), () => `"${name}" is no name of an event`);
  const head = name === undefined ? "" : `event: ${name}\n`;
  const lines = data.split(LINE_END).map((line) => `data: ${line}\n`);
  return encoder.encode(`${head}${lines.join("")}\n`);
}
