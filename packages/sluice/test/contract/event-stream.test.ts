// Server-sent events as bytes in pieces (WHATWG HTML, 9.2): where an event ends, what it says, and that neither
// depends on how the network cut it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventSplitter, type StreamEvent, writeEvent } from "../../src/contract/index.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

interface Read {
  readonly events: readonly StreamEvent[];
  readonly unfinished: Uint8Array;
}

/** Reads a stream that comes in these pieces. */
function read(pieces: readonly (string | Uint8Array)[], bytesMax = 10_000): Read {
  const splitter = new EventSplitter(bytesMax);
  const events = pieces.flatMap((piece) =>
    splitter.push(typeof piece === "string" ? bytesOf(piece) : piece),
  );
  return { events, unfinished: splitter.unfinished };
}

/** What a reader would be told: names and data, without events that have none. */
function told({ events }: Read): string[] {
  return events.flatMap(({ name, data }) => (data === undefined ? [] : [`${name} ${data}`]));
}

describe("an event", () => {
  it.each(["\n", "\r\n", "\r"])("ends with an empty line, where lines end with %j", (end) => {
    const stream = ["event: a", "data: 1", "", "data: 2", "", "data: 3"].join(end);
    const { events, unfinished } = read([stream]);
    expect(events.map(({ bytes }) => textOf(bytes))).toEqual([
      ["event: a", "data: 1", "", ""].join(end),
      ["data: 2", "", ""].join(end),
    ]);
    expect(textOf(unfinished)).toBe("data: 3");
  });

  it.each([
    ["several data lines", "data: YHOO\ndata: +2\ndata: 10\n\n", ["undefined YHOO\n+2\n10"]],
    [
      "comments, ids and the end of a stream",
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
      ["undefined first event", "undefined second event"],
    ],
    ["data that is empty", "data\n\ndata\ndata\n\ndata:", ["undefined ", "undefined \n"]],
    ["one space behind the colon", "data:test\n\ndata: test\n\n", Array(2).fill("undefined test")],
  ])("is read as in the standard's own examples: %s", (_, stream, expected) => {
    expect(told(read([stream]))).toEqual(expected);
  });

  it("has the last of its names, and none where that is empty", () => {
    const stream = "event: a\nevent:b\ndata\n\nevent: a\nevent\ndata\n\n event: a\ndata\n\n";
    expect(told(read([stream]))).toEqual(["b ", "undefined ", "undefined "]);
  });

  it("keeps what its comments say, data or not", () => {
    const { events } = read([":\n\n: a\n:b:c\n\n:  d\ndata: 1\n\n\n"]);
    expect(events.map(({ comments, data }) => [comments, data])).toEqual([
      [[""], undefined],
      [["a", "b:c"], undefined],
      [[" d"], "1"],
      [[], undefined],
    ]);
  });

  it("keeps its bytes when the memory of a piece is used again", () => {
    const splitter = new EventSplitter(100);
    const piece = bytesOf("data: 1\n\ndata");
    const events = splitter.push(piece);
    piece.fill(0);
    expect(textOf(splitter.push(bytesOf(": 2\n\n"))[0]?.bytes ?? piece)).toBe("data: 2\n\n");
    expect(textOf(events[0]?.bytes ?? piece)).toBe("data: 1\n\n");
  });
});

describe("a line's end that falls between two pieces", () => {
  it("is waited for where lines end with CRLF", () => {
    const splitter = new EventSplitter(100);
    expect(splitter.push(bytesOf("data: 1\r\n\r"))).toEqual([]);
    expect(splitter.push(bytesOf("\n"))).toMatchObject([{ data: "1" }]);
    expect(splitter.unfinished).toHaveLength(0);
  });

  it("is not waited for where lines end with CR: an event may be the last for long", () => {
    const splitter = new EventSplitter(100);
    expect(splitter.push(bytesOf("data: 1\r\r"))).toMatchObject([{ data: "1" }]);
    expect(splitter.push(bytesOf("data: 2\r\r"))).toMatchObject([{ data: "2" }]);
  });

  it("makes no event of the second half of a CRLF", () => {
    const { events } = read(["data: 1\n\r", "\ndata: 2\n\r", "\n\n"]);
    expect(events.map(({ data }) => data)).toEqual(["1", "2", undefined]);
    expect(events.map(({ bytes }) => textOf(bytes))).toEqual([
      "data: 1\n\r",
      "\ndata: 2\n\r",
      "\n\n",
    ]);
  });
});

describe("a byte order mark", () => {
  it("is passed over at the very start, also in pieces", () => {
    const [first, second, third, ...rest] = bytesOf("\ufeffdata: 1\n\n");
    const pieces = [first, second, third].map((byte) => Uint8Array.of(byte ?? 0));
    expect(told(read([...pieces, Uint8Array.from(rest)]))).toEqual(["undefined 1"]);
  });

  it("makes no line of its own", () => {
    expect(read(["\ufeff\ndata: 1\n\n"]).events).toMatchObject([
      { data: undefined },
      { data: "1" },
    ]);
  });

  it("is part of a field's name anywhere else", () => {
    const stream = "\ufeff\ufeffdata: 1\n\n\ufeffdata: 2\n\ndata: \ufeff3\n\n";
    expect(told(read([stream]))).toEqual(["undefined \ufeff3"]);
  });
});

describe("an event's bound", () => {
  const event = "data: 1\n\n";

  it("lets an event of exactly that length pass, and any number of them", () => {
    expect(told(read([event.repeat(50)], event.length))).toHaveLength(50);
    expect(told(read([...event.repeat(50)], event.length))).toHaveLength(50);
  });

  it.each([
    ["whole", [event]],
    ["in pieces", [...event]],
    ["behind others", [`\n\n${event}`]],
    ["without an end", ["data: 123"]],
  ])("refuses one byte more, %s", (_, pieces) => {
    expect(() => read(pieces, event.length - 1)).toThrow("an event of more than 8 bytes");
  });

  it("costs no more than the bytes that came: a mebibyte may come byte by byte", () => {
    const data = "x".repeat(1_048_576);
    const bytes = writeEvent("large", data);
    const splitter = new EventSplitter(bytes.length);
    let events: readonly StreamEvent[] = [];
    for (let at = 0; at < bytes.length; at++) events = splitter.push(bytes.subarray(at, at + 1));
    expect(events[0]?.data === data).toBe(true);
  });
});

describe("whatever the bytes are", () => {
  it("any cutting gives the same events", () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (stream, cuts) => {
        expect(read(cut(stream, cuts))).toEqual(read([stream]));
      }),
      { numRuns: 2_000 },
    );
  });

  it("events and what is unfinished are together what came", () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (stream, cuts) => {
        const { events, unfinished } = read(cut(stream, cuts));
        const whole = Buffer.concat([...events.map(({ bytes }) => bytes), unfinished]);
        expect(whole.equals(stream)).toBe(true);
      }),
    );
  });

  it("a reader is told what the standard's own words tell it", () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (stream, cuts) => {
        // A colon at the end, so that no half of a CRLF is waited for.
        const ended = Buffer.concat([stream, bytesOf(":")]);
        expect(told(read(cut(ended, cuts)))).toEqual(dispatched(ended));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("an event that is written", () => {
  it("is a line for its name, and one for each line of its data", () => {
    expect(textOf(writeEvent("error", '{"a":1}'))).toBe('event: error\ndata: {"a":1}\n\n');
    expect(textOf(writeEvent(undefined, "a\nb\r\nc\rd\n"))).toBe(
      "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n",
    );
  });

  it("has no name that would end its line", () => {
    for (const name of ["a\nb", "a\r", "\r\n"]) {
      expect(() => writeEvent(name, "")).toThrow("is no name of an event");
    }
  });

  it("is read back as it was, its data's line ends apart", () => {
    const anyName = fc.option(fc.stringMatching(/^[^\r\n]+$/, { size: "small" }), {
      nil: undefined,
    });
    const anyData = fc.string({ unit: fc.oneof(fc.constantFrom(..."\r\n :"), anyUnit) });
    fc.assert(
      fc.property(anyName, anyData, anyCuts, (name, data, cuts) => {
        const bytes = writeEvent(name?.toWellFormed(), data);
        expect(read(cut(bytes, cuts)).events).toEqual([
          { bytes, name: name?.toWellFormed(), data: data.replace(/\r\n?/g, "\n"), comments: [] },
        ]);
      }),
    );
  });
});

/** 9.2.6, word by word, over a stream that is there as a whole. */
function dispatched(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  const events: string[] = [];
  let type = "";
  let buffer = "";
  for (const line of lines.slice(0, -1)) {
    const [, field = line, value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    if (line === "") {
      if (buffer !== "") events.push(`${type === "" ? undefined : type} ${buffer.slice(0, -1)}`);
      type = "";
      buffer = "";
    } else if (field === "event") type = value;
    else if (field === "data") buffer += `${value}\n`;
  }
  return events;
}

const anyUnit = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });

/** Streams full of what matters: fields, ends of lines, marks, and bytes that are no UTF-8. */
const anyStream = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n") },
      {
        weight: 3,
        arbitrary: fc.constantFrom("data", "data:", "data: ", "event: ", ":", " ", "id: 1", "\0"),
      },
      { weight: 1, arbitrary: fc.constantFrom("\ufeff", "\u00e9", "\u{1f600}", "x") },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 2 }) },
    ),
    { maxLength: 20 },
  )
  .map((parts) =>
    Buffer.concat(parts.map((part) => (typeof part === "string" ? bytesOf(part) : part))),
  );

const anyCuts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 });

/** Cuts bytes into pieces of these lengths, again and again, the empty ones too. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths.some((one) => one > 0) ? (lengths[turn % lengths.length] ?? 1) : 1;
    pieces.push(Uint8Array.from(bytes.subarray(at, at + length)));
    at += length;
  }
  return pieces;
}
