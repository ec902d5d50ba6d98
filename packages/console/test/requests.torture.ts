// A log of 1,000,000 rows in the hands of somebody in a hurry: scrolled far and fast, searched, jumped through.

import { cpus, loadavg } from "node:os";
import type { Page } from "playwright-core";
import { DAY_MS } from "sluice/base";
import { describe, expect, it } from "vitest";
import { enter } from "./fixtures/asking.ts";
import { filled, rare } from "./fixtures/filled-log.ts";
import { ownDemo } from "./fixtures/own-demo.ts";
import { taskTimes } from "./fixtures/task-times.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const rows = 1_000_000;
const longTaskMs = 50;
const soonMs = 1_000;
const scrollMs = 8_000;
/** A heap that holds what is in sight, and not what was passed. */
const grownBytesMax = 40 * 1024 * 1024;

const stores = Object.entries(filled);

describe.each(stores)("a log of 1,000,000 requests %s", { timeout: 120_000 }, (_, start) => {
  let oldest: string;
  const demo = ownDemo(async () => {
    const one = await start(rows);
    oldest = one.oldest;
    return one.demo;
  });
  const visit = useVisitors();
  const open = async () => {
    const { page } = await visit();
    await enter(page, demo());
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    return page;
  };

  it("is scrolled far and fast, down, up and after a jump, without a task over 50 ms, and is not kept", async () => {
    const page = await open();
    await page.getByRole("link", { name: "Requests", exact: true }).click();
    await firstRow(page).waitFor();
    await page.evaluate(watchLongTasks);
    const isQuiet = (loadavg()[0] ?? 0) < cpus().length;
    const heapBefore = await heapOf(page);

    const went: number[] = [];
    const times = await taskTimes(page, async () => {
      went.push(await scroll(page, 1));
      went.push(await scroll(page, -1));
      await page
        .getByLabel(/^Before/)
        .fill(new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 19));
      await page.getByRole("button", { name: "Look again" }).click();
      await firstRow(page).waitFor();
      went.push(await scroll(page, 1));
    });
    const longTasks = await page.evaluate<number[]>("globalThis.longTasks");
    const grownBytes = (await heapOf(page)) - heapBefore;
    const longest = times.byProcessorMs.slice(0, 5);
    console.log({ went, tasks: times.tasks, longest, longTasks, grownBytes });
    expect(Math.min(...went)).toBeGreaterThan(1_000);
    expect(times.tasks).toBeGreaterThan(1_000);
    expect(longest.every((ms) => ms <= longTaskMs)).toBe(true);
    // Where others have the processors, the clock says nothing of the page.
    if (isQuiet) expect(longTasks).toEqual([]);
    expect(grownBytes).toBeLessThan(grownBytesMax);
    expect(await page.locator("tr[data-at]").count()).toBeLessThan(100);
  });

  it("shows its first page, and what it is narrowed to, within a second", async () => {
    const page = await open();
    const took: Record<string, number> = {};
    // The best of three: others have their turns on the machine.
    const timed = async (name: string, search: string, least: number) => {
      for (let turn = 0; turn < 3; turn++) {
        const startMs = performance.now();
        await page.goto(`${demo().consoleUrl}/requests${search}`);
        await firstRow(page).waitFor();
        took[name] = Math.min(took[name] ?? Infinity, Math.round(performance.now() - startMs));
      }
      expect(await page.locator("tr[data-at] a").count()).toBeGreaterThanOrEqual(least);
    };
    await timed("all", "", 20);
    await timed("account", "?account=acct_7", 20);
    await timed("rare account", `?account=${rare.account}`, 20);
    await timed("code", "?code=rate_limit_exceeded", 20);
    await timed("rare code", `?code=${rare.code}`, 20);
    await timed("client", "?client=client-10", 1);
    await timed("request", `?request=${oldest}`, 1);
    await timed("refused", "?ending=refused&account=acct_7", 20);
    await timed("condition", "?condition=rate_limited", 20);
    console.log(took);
    for (const [name, ms] of Object.entries(took)) expect(ms, name).toBeLessThan(soonMs);
  });

  it("leads from the oldest request's id to its reason within a second", async () => {
    const page = await open();
    await page.getByRole("searchbox").fill(oldest);
    const startMs = performance.now();
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("What the caller was told").waitFor();
    const tookMs = performance.now() - startMs;
    expect(page.url()).toContain(oldest);
    expect(tookMs).toBeLessThan(soonMs);
  });
});

function firstRow(page: Page) {
  return page.locator("tr[data-at] a").first();
}

const watchLongTasks = `globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
  }).observe({ type: "longtask", buffered: false })`;

/** How many rows it went: with the wheel, as fast as it turns, and now and then to the very end of what there is. */
async function scroll(page: Page, direction: 1 | -1): Promise<number> {
  const box = page.getByRole("region", { name: "Requests, newest first" });
  await box.hover();
  const from = await placeOf(page);
  const endMs = performance.now() + scrollMs;
  for (let turn = 0; performance.now() < endMs; turn++) {
    await page.mouse.wheel(0, direction * 2_400);
    if (turn % 20 === 19 && direction === 1) {
      await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    }
  }
  await firstRow(page).waitFor();
  return Math.abs((await placeOf(page)) - from);
}

function placeOf(page: Page): Promise<number> {
  return page.locator("tr[data-at]").first().getAttribute("data-at").then(Number);
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
