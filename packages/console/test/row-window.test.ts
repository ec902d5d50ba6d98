// A list of which only what is looked at is in memory, against one that is whole.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowWindow } from "../src/console/pages/requests/row-window.ts";

/** Rows are their own numbers; a page may be short, or empty, and still have a next one. */
function listOf(lengths: readonly number[]) {
  let asked = 0;
  const starts: number[] = [];
  let rows = 0;
  for (const length of lengths) {
    starts.push(rows);
    rows += length;
  }
  return {
    rows,
    asked: () => asked,
    ask: async (cursor: string | undefined) => {
      asked++;
      const page = Number(cursor ?? 0);
      const first = starts[page] ?? 0;
      const data = Array.from({ length: lengths[page] ?? 0 }, (_, at) => first + at);
      return { data, next: page + 1 < lengths.length ? String(page + 1) : null };
    },
  };
}

async function atRest(): Promise<void> {
  for (let turn = 0; turn < 400; turn++) await Promise.resolve();
}

const bounds = { pagesMax: 4, rowsMax: 10_000, aheadRows: 5 };

function watched(options: ConstructorParameters<typeof RowWindow<number>>[0]) {
  const list = new RowWindow<number>(options);
  const leave = list.listen(() => undefined);
  return { list, leave };
}

describe("a window on rows", () => {
  it("shows whatever is looked at, in whatever order, and keeps no more pages than it may", async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
    const looks = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(lengths, looks, async (pages, places) => {
        const source = listOf(pages);
        const { list } = watched({ ask: source.ask, ...bounds });
        for (const first of places) {
          // One sees no more than is known, as a page does that grows while it is scrolled.
          const from = Math.min(first, list.known);
          list.look(from, from + 3);
          await atRest();
          for (let at = from; at <= Math.min(from + 3, list.known - 1); at++) {
            expect(list.row(at)).toBe(at);
          }
          // Four rows are on four pages at most, besides empty ones.
          expect(list.rowsInMemory).toBeLessThanOrEqual(bounds.pagesMax * 9);
        }
        if (list.isWhole) expect(list.known).toBe(source.rows);
      }),
      { numRuns: 200 },
    );
  });

  it("asks again for a page that was let go, by its cursor, and for none that is here", async () => {
    const source = listOf(Array.from({ length: 20 }, () => 10));
    const { list } = watched({ ask: source.ask, ...bounds });
    for (let at = 0; at < 200; at += 10) {
      list.look(at, at + 3);
      await atRest();
    }
    expect(list.isWhole).toBe(true);
    const asked = source.asked();
    expect(asked).toBe(20);
    list.look(190, 199);
    await atRest();
    expect(source.asked()).toBe(asked);
    expect(list.row(0)).toBeUndefined();
    list.look(0, 3);
    await atRest();
    expect(source.asked()).toBe(asked + 1);
    expect(list.row(0)).toBe(0);
  });

  it("ends where its bound is, and says that there is more", async () => {
    const source = listOf(Array.from({ length: 20 }, () => 10));
    const { list } = watched({ ask: source.ask, ...bounds, rowsMax: 50 });
    for (let turn = 0; turn < 10; turn++) {
      list.look(list.known - 1, list.known - 1);
      await atRest();
    }
    expect(list.known).toBe(50);
    expect([list.isFull, list.isWhole]).toEqual([true, false]);
  });

  it("stands still after an error until somebody says to try again, and loses nothing", async () => {
    const source = listOf([10, 10]);
    let isDown = false;
    const ask = async (cursor: string | undefined) => {
      if (isDown) throw new Error("down");
      return source.ask(cursor);
    };
    const { list } = watched({ ask, ...bounds, aheadRows: 1 });
    list.look(0, 3);
    await atRest();
    isDown = true;
    list.look(8, 12);
    await atRest();
    expect(list.error).toEqual(new Error("down"));
    expect(list.row(8)).toBe(8);
    isDown = false;
    list.look(8, 13);
    await atRest();
    expect(list.known).toBe(10);
    list.retry();
    await atRest();
    expect([list.known, list.error]).toEqual([20, undefined]);
  });

  it("asks nothing more once nobody looks", async () => {
    const source = listOf(Array.from({ length: 20 }, () => 1));
    const { list, leave } = watched({ ask: source.ask, ...bounds });
    list.look(0, 10);
    leave();
    await atRest();
    expect(source.asked()).toBe(1);
    expect(list.known).toBe(0);
  });
});
