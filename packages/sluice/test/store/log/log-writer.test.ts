// The log's way into the file, in virtual time: at once in large numbers, soon in small ones, behind the
// money, and with nobody who waits for it.

import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { LogBuffer } from "../../../src/store/log/buffer.ts";
import type { PackedRow } from "../../../src/store/log/columns.ts";
import { LogWriter } from "../../../src/store/log/log-writer.ts";
import { startRetention } from "../../../src/store/log/retention.ts";
import { row } from "../sqlite/log-rows.ts";

/** A log of ten rows a chunk and a hundred in the buffer, into a sink that does as it is told. */
function setUp(bufferRows = 100) {
  const clock = new VirtualClock();
  const written: PackedRow[][] = [];
  const behaviour = { isBusy: false, write: async (_: readonly PackedRow[]) => 0 };
  const sink = {
    async write(rows: readonly PackedRow[]) {
      const refused = await behaviour.write(rows);
      written.push([...rows]);
      return refused;
    },
    get isBusy() {
      return behaviour.isBusy;
    },
  };
  const buffer = new LogBuffer(bufferRows);
  const writer = new LogWriter({ buffer, sink, clock, chunkRows: 10, everyMs: 250 });
  let made = 0;
  const append = (rows: number) => {
    for (let left = rows; left > 0; left--) {
      buffer.push(row({ requestId: `${made++}` }));
      writer.notice();
    }
  };
  const sizes = () => written.map(({ length }) => length);
  const ids = () => written.flat().map(([id]) => Number(id));
  return { clock, behaviour, buffer, writer, append, written, sizes, ids };
}

const upTo = (rows: number) => Array.from({ length: rows }, (_, at) => at);

describe("writing", () => {
  it("waits for a quarter of a second, and no longer", async () => {
    const { clock, append, sizes, ids } = setUp();
    append(1);
    await clock.advance(200);
    append(2);
    await clock.advance(49);
    expect(sizes()).toEqual([]);
    await clock.advance(1);
    expect(sizes()).toEqual([3]);
    append(1);
    await clock.advance(250);
    expect(ids()).toEqual(upTo(4));
  });

  it("does not wait where there is a chunk full", async () => {
    const { clock, append, sizes } = setUp();
    append(12);
    await clock.advance(0);
    expect(sizes()).toEqual([10]);
    await clock.advance(250);
    expect(sizes()).toEqual([10, 2]);
  });

  it("has one chunk under way at a time, in order", async () => {
    const { clock, behaviour, append, ids } = setUp();
    let atOnce = 0;
    behaviour.write = async () => {
      expect(++atOnce).toBe(1);
      await clock.sleep(30);
      atOnce--;
      return 0;
    };
    for (let times = 0; times < 9; times++) {
      append(7);
      await clock.advance(100);
    }
    await clock.runUntilIdle();
    expect(ids()).toEqual(upTo(63));
  });

  it("goes in small pieces while money is under way", async () => {
    const clock = new VirtualClock();
    const sizes: number[] = [];
    const sink = {
      isBusy: true,
      async write(rows: readonly PackedRow[]) {
        sizes.push(rows.length);
        sink.isBusy = sizes.length < 2;
        return 0;
      },
    };
    const buffer = new LogBuffer(2_000);
    const writer = new LogWriter({ buffer, sink, clock, chunkRows: 1_000, everyMs: 250 });
    for (let at = 0; at < 900; at++) buffer.push(row({}));
    await writer.flush();
    expect(sizes).toEqual([100, 100, 700]);
  });

  it("flushes everything that is there, at once", async () => {
    const { writer, append, ids, sizes } = setUp();
    append(35);
    await writer.flush();
    expect(sizes()).toEqual([10, 10, 10, 5]);
    expect(ids()).toEqual(upTo(35));
    await writer.flush();
    expect(sizes()).toHaveLength(4);
  });
});

describe("a sink that fails", () => {
  it("keeps the rows, tries again each quarter of a second, and loses none", async () => {
    const { clock, behaviour, writer, append, ids, buffer } = setUp();
    let tries = 0;
    behaviour.write = async () => {
      if (++tries <= 3) throw new Error("the disk is full");
      return 0;
    };
    append(12);
    await clock.advance(0);
    append(5);
    expect(writer.find("3")?.[0]).toBe("3");
    expect(buffer.find("11")?.requestId).toBe("11");
    await clock.advance(500);
    expect(tries).toBe(3);
    expect(ids()).toEqual([]);
    await clock.advance(500);
    expect(ids()).toEqual(upTo(17));
    expect(buffer.dropped + writer.refused).toBe(0);
  });

  it("tells whoever flushes, and nobody else", async () => {
    const { behaviour, writer, append } = setUp();
    behaviour.write = () => Promise.reject(new Error("the disk is full"));
    append(3);
    await expect(writer.flush()).rejects.toThrow("full");
    await writer.close();
    expect(writer.refused).toBe(3);
  });

  it("counts the rows that no table takes", async () => {
    const { behaviour, writer, append } = setUp();
    behaviour.write = async () => 2;
    append(9);
    await writer.flush();
    expect(writer.refused).toBe(2);
  });
});

describe("a sink that hangs", () => {
  it("G1: holds up nobody: the oldest rows make room, and are counted", async () => {
    const { clock, behaviour, append, buffer, ids } = setUp();
    let wake = () => {};
    behaviour.write = () =>
      new Promise((resolve) => {
        wake = () => resolve(0);
      });
    append(10);
    await clock.advance(0);
    append(130);
    await clock.advance(10_000);
    // Ten are under way, the newest hundred wait.
    expect(buffer.size).toBe(100);
    expect(buffer.dropped).toBe(30);
    behaviour.write = async () => 0;
    wake();
    await clock.advance(1_000);
    expect(ids()).toEqual([...upTo(10), ...upTo(140).slice(40)]);
    expect(buffer.dropped).toBe(30);
  });
});

describe("close", () => {
  it("writes what is there, and takes nothing more", async () => {
    const { clock, writer, append, ids, buffer } = setUp();
    append(13);
    await writer.close();
    expect(ids()).toEqual(upTo(13));
    append(1);
    await clock.advance(1_000);
    expect(ids()).toHaveLength(13);
    expect(clock.pendingTimers).toBe(0);
    expect(buffer.size).toBe(1);
  });
});

describe("retention", () => {
  it("deletes a few rows at a time until there are no old ones, now and each minute", async () => {
    const clock = new VirtualClock(1_000_000);
    const asked: [number, number][] = [];
    let old = 450;
    const stop = startRetention({
      async forget(beforeMs, max) {
        asked.push([beforeMs, max]);
        const forgotten = Math.min(max, old);
        old -= forgotten;
        return forgotten;
      },
      clock,
      retentionMs: 1_000,
    });
    await clock.advance(0);
    expect(asked).toEqual([
      [999_000, 200],
      [999_000, 200],
      [999_000, 200],
    ]);
    await clock.advance(60_000);
    expect(asked.slice(3)).toEqual([[1_059_000, 200]]);
    stop();
    await clock.advance(600_000);
    expect(asked).toHaveLength(4);
  });

  it("tries again after a failure", async () => {
    const clock = new VirtualClock();
    let tries = 0;
    const forget = async () => {
      tries++;
      throw new Error("the disk is full");
    };
    const stop = startRetention({ forget, clock, retentionMs: 1 });
    await clock.advance(120_000);
    expect(tries).toBe(3);
    stop();
  });
});
