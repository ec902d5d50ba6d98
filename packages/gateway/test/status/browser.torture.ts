// The status page in a real browser: no fault that axe finds, nothing that the policy had to stop, no sideways scrolling, and no
// program. Quiet, troubled, new, and with a store down; on a phone and on a desk, in light and dark.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedStatus, serveStatus } from "./fixtures/served-status.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const kinds = ["quiet", "troubled", "new", "down"] as const;
const sizes = { phone: { width: 320, height: 700 }, desk: { width: 1440, height: 900 } } as const;
const looks = Object.entries(sizes).flatMap(([size, viewport]) =>
  (["light", "dark"] as const).map((colorScheme) => ({ size, viewport, colorScheme })),
);

let served: ServedStatus;
let browser: Browser;
beforeAll(async () => {
  served = await serveStatus();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** What the page tells its console, faults of it and of the policy included. */
async function opened(
  options: BrowserContextOptions,
  use: (tab: Page, told: string[]) => Promise<void>,
) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const told: string[] = [];
  tab.on("console", (message) => told.push(message.text()));
  tab.on("pageerror", (error) => told.push(String(error)));
  try {
    await use(tab, told);
  } finally {
    await context.close();
  }
}

/** What is folded away must be as good as the rest. */
const unfold = `document.querySelectorAll("details").forEach((one) => { one.open = true })`;

describe.each(looks)("on a $size, $colorScheme", ({ viewport, colorScheme }) => {
  it.each(kinds)("a %s page is accessible, fits, and breaks no rule of its own", async (kind) => {
    await opened({ viewport, colorScheme }, async (tab, told) => {
      await tab.goto(served.urls[kind], { waitUntil: "networkidle" });
      await tab.evaluate(unfold);
      const widths = await tab.evaluate<[number, number]>(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
      );
      expect(widths[0]).toBeLessThanOrEqual(widths[1]);
      expect(await faultsOn(tab)).toEqual([]);
      expect(told).toEqual([]);
    });
  });
});

/** Every rule, those of good practice and of WCAG 2.2 AA included, as lines. */
async function faultsOn(tab: Page): Promise<string[]> {
  await tab.evaluate(axe);
  return tab.evaluate<string[]>(`axe.run({ runOnly: [${tags}] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
}

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
  .map((tag) => JSON.stringify(tag))
  .join();

describe("the status page in a browser", () => {
  it("would be told apart if it were not accessible, or broke its policy", async () => {
    await opened({ viewport: sizes.desk }, async (tab, told) => {
      await tab.goto(served.urls.quiet);
      await tab.evaluate(`document.querySelector(".bars").removeAttribute("aria-label");
        document.querySelectorAll(".bars title").forEach((one) => one.remove());
        document.querySelector(".asof").style.color = "#bbb"`);
      const faults = (await faultsOn(tab)).join("\n");
      expect(faults).toContain("svg-img-alt");
      expect(faults).toContain("color-contrast");
      await tab.evaluate(
        `document.head.append(Object.assign(document.createElement("style"), { textContent: "p {}" }))`,
      );
      expect(told.join("\n")).toContain("Content Security Policy");
    });
  });

  it("says everything without a program, each day and its numbers", async () => {
    await opened({ viewport: sizes.desk, javaScriptEnabled: false }, async (tab) => {
      await tab.goto(served.urls.troubled);
      expect(await tab.title()).toMatch(/^Degraded · /);
      expect(await tab.locator(".state").textContent()).toBe("Degraded");
      const bar = tab.locator("section.api").first().locator(".bars path.many title").first();
      expect(await bar.textContent()).toMatch(
        /^2026-11-02: [\d,]+ requests, \d+ failures, [67]\d\.\d\d % available, p50 ≤ \d+ ms, p95 ≤ \d+ ms$/,
      );
      await tab.locator("summary", { hasText: "operation" }).first().click();
      expect(
        await tab.locator("table.operations").first().locator("tbody tr").count(),
      ).toBeGreaterThan(20);
      expect(await tab.locator("script").count()).toBe(0);
    });
  });

  it("shows an incident that is linked to, as its feed does", async () => {
    await opened({ viewport: sizes.phone }, async (tab) => {
      const feed = await (await fetch(`${served.urls.quiet}.atom`)).text();
      const [, anchor = ""] = /href="status(#[^"]+)"/.exec(feed) ?? [];
      await tab.goto(served.urls.quiet + anchor);
      expect(await tab.locator(":target h3").textContent()).toBe("Chat completions failed");
    });
  });

  it("reads the feed as XML", async () => {
    await opened({}, async (tab) => {
      await tab.goto(served.urls.troubled);
      const feed = await (await fetch(`${served.urls.troubled}.atom`)).text();
      const parsed = await tab.evaluate<string>(
        `new DOMParser().parseFromString(${JSON.stringify(feed)}, "application/xml").documentElement.nodeName`,
      );
      expect(parsed).toBe("feed");
    });
  });

  it("needs two requests and 100 KB, for two APIs with all of their operations", async () => {
    await opened({ viewport: sizes.desk }, async (tab) => {
      let bytes = 0;
      let requests = 0;
      tab.on("requestfinished", async (request) => {
        requests++;
        bytes += (await request.sizes()).responseBodySize;
      });
      await tab.goto(served.urls.troubled, { waitUntil: "networkidle" });
      expect(requests).toBe(2);
      expect(bytes).toBeGreaterThan(1_000);
      expect(bytes).toBeLessThan(100_000);
    });
  });
});
