// How much a browser loads before somebody sees the first page: as it came over the network, from the sign-in on.

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ownDemo } from "./fixtures/own-demo.ts";
import { useVisitors } from "./fixtures/visitor.ts";

const firstViewBytesMax = 200 * 1024;

const demo = ownDemo();

describe("the first view", { timeout: 60_000 }, () => {
  const visit = useVisitors();

  it("of sign-in and overview is at most 200 KiB, gzipped", async () => {
    const { page } = await visit();
    const loaded = new Set<string>();
    page.on("response", (response) => {
      const { origin, pathname } = new URL(response.url());
      const isOfApi = pathname.includes("/api/") || response.request().method() !== "GET";
      if (!isOfApi && response.ok()) loaded.add(origin + pathname);
    });
    await page.goto(demo().signInUrl);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.getByText("live", { exact: true }).waitFor();
    await page.locator("canvas").first().waitFor();
    const sizes = new Map<string, number>();
    for (const url of loaded) {
      const answer = await page.request.get(url);
      sizes.set(new URL(url).pathname, gzipSync(await answer.body()).length);
    }
    // The page, programs and styles: fewer would mean that this looked away.
    expect(sizes.size).toBeGreaterThan(4);
    const totalBytes = [...sizes.values()].reduce((sum, one) => sum + one, 0);
    const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 8);
    expect(totalBytes, JSON.stringify(largest)).toBeLessThanOrEqual(firstViewBytesMax);
    console.log(`first view: ${totalBytes} bytes, gzipped`);
  });
});
