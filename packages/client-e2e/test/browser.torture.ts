// The client in a real browser, with a real gate on the page's own origin.

import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Browser, Page as Tab } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ask, Page, Refusal } from "./page.ts";
import { bundlePage, type Site, startSite } from "./site.ts";

describe("the client in a browser", () => {
  let script: string;
  let site: Site;
  let browser: Browser;
  let tab: Tab;
  /** Everything that the page told its console, and every error that nobody caught. */
  const told: string[] = [];

  beforeAll(async () => {
    script = await bundlePage();
    site = await startSite(script);
    browser = await launchChromium();
    tab = await browser.newPage();
    tab.on("console", (message) => told.push(message.text()));
    tab.on("pageerror", (error) => told.push(`${error.name} ${error.message} ${error.stack}`));
    await tab.goto(site.origin);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  const run = <Name extends keyof Page>(name: Name, apiKey: string) => {
    const where: Ask = { apiKey, baseUrl: site.baseUrl };
    return tab.evaluate<Awaited<ReturnType<Page[Name]>>>(`page.${name}(${JSON.stringify(where)})`);
  };

  it("needs nothing that only a server has", () => {
    expect(script).not.toMatch(/node:|\bprocess\.|\bBuffer\b|\brequire\(/);
    expect(script).not.toContain("ZodError");
  });

  it("calls an operation by its name and gets its answer", async () => {
    const answer = await run("ask", site.keys.payer);
    expect(answer).toMatchObject({ object: "response", status: "completed", model: "mavera-1" });
  });

  it("hears a stream event by event", async () => {
    const names = (await run("listen", site.keys.payer)).map(({ name }) => name);
    expect(names.at(0)).toBe("response.created");
    expect(names).toContain("response.output_text.delta");
    expect(names.at(-1)).toBe("response.completed");
  });

  it("catches a refusal with a sentence for its user, asked for once and without the key", async () => {
    const asked = site.statuses().length;
    const refusal: Refusal = await run("fail", site.keys.lapsed);
    expect(refusal).toMatchObject({
      isApiError: true,
      code: "credits_exhausted",
      status: 402,
      attempts: 1,
    });
    expect(refusal.userMessage).toMatch(/^[A-Z].{10,}\.$/);
    expect(refusal.printed).toContain("credits_exhausted");
    expect(refusal.printed).not.toContain(site.keys.lapsed.slice(10));
    expect(site.statuses()).toHaveLength(asked + 1);
  });

  it("does the same for a page of another origin that may call, and nothing for one that may not", async () => {
    const here = { apiKey: site.keys.payer, baseUrl: site.baseUrl };
    const elsewhere = await browser.newPage();
    await elsewhere.goto(site.otherOrigin);
    const call = (name: keyof Page, where: Ask) =>
      elsewhere.evaluate(`page.${name}(${JSON.stringify(where)})`);
    expect(await call("ask", here)).toMatchObject({ status: "completed" });
    expect(await call("listen", here)).toContainEqual({ name: "response.completed" });
    const lapsed = { ...here, apiKey: site.keys.lapsed };
    expect(await call("fail", lapsed)).toMatchObject({ code: "credits_exhausted", status: 402 });
    const asks = `fetch(${JSON.stringify(`${site.baseUrl}/nothing`)}, { headers: { Authorization: "Bearer x" } })
      .then(({ status, headers }) => [status, headers.get("x-request-id")?.length])`;
    expect(await elsewhere.evaluate(asks)).toEqual([401, 36]);
    await elsewhere.goto("about:blank");
    await expect(elsewhere.evaluate(asks)).rejects.toThrow("Failed to fetch");
  });

  it("lets no key into what the page reports of an error that nobody catches", async () => {
    const reported = tab.waitForEvent("pageerror");
    await run("failUnheard", site.keys.lapsed);
    expect((await reported).message).toContain("credits_exhausted");
    expect(told.join("\n")).toContain("credits_exhausted");
    expect(told.join("\n")).not.toContain(site.keys.lapsed.slice(10));
    expect(told.join("\n")).not.toContain(site.keys.payer.slice(10));
  });
});
