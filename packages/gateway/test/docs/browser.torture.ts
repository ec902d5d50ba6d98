// The documents in a real browser: no fault that axe finds, nothing that the policy had to stop, no sideways scrolling, and
// everything is there without a program. Pages of each kind, on a phone and on a desk, in light and dark.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedDocs, serveDocs } from "./fixtures/served-docs.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages = {
  mavera: [
    "",
    "errors/",
    "error-handling/",
    "rate-limits/",
    "credits/",
    "authentication/",
    "operations/",
    "errors/rate_limit_exceeded/",
    "errors/invalid_field/",
    "operations/createResponse/",
    "search/",
    "search/?q=retry",
    "errors/nothing/",
    "reference/",
  ],
  mentova: [
    "",
    "errors/",
    "error-handling/",
    "errors/QUOTA_EXCEEDED/",
    "operations/launchCampaign/",
    "reference/",
  ],
} as const;
const all = Object.entries(pages).flatMap(([api, paths]) =>
  paths.map((path) => [api, path] as const),
);

const sizes = { phone: { width: 320, height: 700 }, desk: { width: 1440, height: 900 } } as const;
const looks = Object.entries(sizes).flatMap(([size, viewport]) =>
  (["light", "dark"] as const).map((colorScheme) => ({ size, viewport, colorScheme })),
);

let served: ServedDocs;
let browser: Browser;
beforeAll(async () => {
  served = await serveDocs();
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
  tab.on("console", (message) => {
    // The viewer of the OpenAPI document says its name.
    if (message.type() !== "info") told.push(message.text());
  });
  tab.on("pageerror", (error) => told.push(String(error)));
  try {
    await use(tab, told);
  } finally {
    await context.close();
  }
}

const rootOf = (api: string) => served.rootOf(api as keyof typeof pages);

describe.each(looks)("on a $size, $colorScheme", ({ viewport, colorScheme }) => {
  it.each(all)(
    "%s/docs/%s is accessible, fits, and breaks no rule of its own",
    async (api, path) => {
      await opened({ viewport, colorScheme }, async (tab, told) => {
        await tab.goto(rootOf(api) + path, { waitUntil: "networkidle" });
        if (path === "reference/") await viewerOf(tab);
        // That a page is missing is told by the browser itself.
        expect(told.filter((line) => !line.includes("404"))).toEqual([]);
        const widths = await tab.evaluate<[number, number]>(
          "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        );
        expect(widths[0]).toBeLessThanOrEqual(widths[1]);
        const faults = await faultsOn(tab);
        const isViewer = path === "reference/";
        expect(isViewer ? faults.filter((fault) => !ofViewer.test(fault)) : faults).toEqual([]);
      });
    },
  );
});

/** Once the viewer of the OpenAPI document has drawn it, and knows what can be searched. */
async function viewerOf(tab: Page) {
  await tab.locator("h1", { hasText: "(1.0.0)" }).waitFor();
  await tab.locator("text=Loading...").waitFor({ state: "detached" });
}

/** Every rule, those of good practice and of WCAG 2.2 AA included, as lines. */
async function faultsOn(tab: Page): Promise<string[]> {
  await tab.evaluate(axe);
  return tab.evaluate<string[]>(`axe.run({ runOnly: [${tags}] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
}

/**
 * What Redoc 3.0.1 builds itself: a menu outside of landmarks, headings of the fourth level below the
 * second, a button that names its choice otherwise than it reads, and arrows of 20 pixels.
 */
const ofViewer = /^(?:region|heading-order|label-content-name-mismatch|target-size): /;

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
  .map((tag) => JSON.stringify(tag))
  .join();

describe("the documents in a browser", () => {
  const desk = { viewport: sizes.desk };

  it("would be told apart if they were not accessible", async () => {
    await opened(desk, async (tab) => {
      await tab.goto(`${rootOf("mavera")}errors/`);
      await tab.evaluate(`document.querySelector("h1").remove();
        document.querySelector("main p").style.color = "#999"`);
      const faults = (await faultsOn(tab)).join("\n");
      expect(faults).toContain("page-has-heading-one");
      expect(faults).toContain("color-contrast");
    });
  });

  it("say everything without a program", async () => {
    await opened({ ...desk, javaScriptEnabled: false }, async (tab) => {
      await tab.goto(`${rootOf("mavera")}errors/invalid_model/`);
      expect(await tab.locator("h1").textContent()).toBe("invalid_model");
      expect(await tab.locator("figure pre").count()).toBeGreaterThan(3);
      await tab.locator("input[name=q]").fill("slow down");
      await tab.locator("form button").click();
      expect(await tab.locator("#results li").count()).toBe(52);
      await tab.locator("#results a", { hasText: "rate_limit_exceeded" }).click();
      expect(await tab.locator("h1").textContent()).toBe("rate_limit_exceeded");
    });
  });

  it("list every operation without a program, where a viewer would draw them", async () => {
    await opened({ ...desk, javaScriptEnabled: false }, async (tab) => {
      await tab.goto(`${rootOf("mavera")}reference/`);
      expect(await tab.locator("h1").textContent()).toBe("API reference");
      expect(await tab.locator(".operations a").count()).toBe(21);
      await tab.locator(".operations a", { hasText: "POST /api/v1/responses" }).click();
      expect(await tab.locator("h1").textContent()).toBe("POST /responses");
    });
  });

  it.each(looks)(
    "draw an operation of the OpenAPI document on a $size, $colorScheme, and ask nobody else",
    async ({ viewport, colorScheme }) => {
      await opened({ viewport, colorScheme }, async (tab, told) => {
        const others: string[] = [];
        tab.on("request", (request) => {
          const isOwn = request.url().startsWith(rootOf("mavera"));
          if (!isOwn && !/^(?:data|blob):/.test(request.url())) others.push(request.url());
        });
        await tab.goto(`${rootOf("mavera")}reference/#/responses/createresponse`);
        await tab.locator("h2", { hasText: "Answers an input" }).waitFor();
        await tab.waitForLoadState("networkidle");
        expect([told, others]).toEqual([[], []]);
        const faults = (await faultsOn(tab)).filter((fault) => !ofViewer.test(fault));
        expect(faults).toEqual([]);
      });
    },
  );

  it("are found by what a log has: a code, words of a message, a header", async () => {
    await opened(desk, async (tab) => {
      const firstFor = async (question: string) => {
        await tab.goto(`${rootOf("mavera")}search/?q=${encodeURIComponent(question)}`);
        await tab.locator("#found", { hasText: "for" }).waitFor();
        return tab.locator("#results a").first().textContent();
      };
      expect(await firstFor("credits_exhausted")).toBe("credits_exhausted");
      expect(await firstFor("Concurrency limit exceeded")).toBe("rate_limit_exceeded");
      expect(await firstFor("idempotency key")).toContain("idempotency_key_reused");
      await tab.locator("input[name=q]").fill("xyzzy");
      expect(await tab.locator("#found").textContent()).toBe("0 pages for “xyzzy”.");
      await tab.locator("input[name=q]").fill("");
      expect(await tab.locator("#results li").count()).toBe(52);
    });
  });

  it("copy an example to the last byte", async () => {
    await opened({ ...desk, permissions: ["clipboard-read", "clipboard-write"] }, async (tab) => {
      await tab.goto(`${rootOf("mavera")}errors/invalid_model/`);
      const figure = tab.locator("figure.code").first();
      await figure.locator("button").click();
      await figure.locator("button", { hasText: "Copied" }).waitFor();
      const copied = await tab.evaluate<string>("navigator.clipboard.readText()");
      expect(copied).toBe(await figure.locator("code").textContent());
    });
  });

  it("can be walked through with the keyboard, past what is on every page", async () => {
    await opened(desk, async (tab) => {
      await tab.goto(`${rootOf("mavera")}errors/`);
      await tab.keyboard.press("Tab");
      expect(await tab.evaluate("document.activeElement.textContent")).toBe("Skip to content");
      await tab.keyboard.press("Enter");
      expect(await tab.evaluate("document.activeElement.id")).toBe("content");
    });
  });

  it("need 20 KB for a first page, in three requests", async () => {
    await opened(desk, async (tab) => {
      const sizes: ReturnType<Request["sizes"]>[] = [];
      tab.on("requestfinished", (request) => sizes.push(request.sizes()));
      await tab.goto(`${rootOf("mavera")}errors/rate_limit_exceeded/`, {
        waitUntil: "networkidle",
      });
      expect(sizes).toHaveLength(3);
      const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one.responseBodySize, 0);
      expect(bytes).toBeGreaterThan(1_000);
      expect(bytes).toBeLessThan(20_000);
    });
  });
});
