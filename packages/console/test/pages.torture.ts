// Every page and every dialog of the console, on phone and desk, in light and dark, over both kinds of stores: nothing that the
// browser complains of, no rule of accessibility broken, nothing to scroll sideways.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enter } from "./fixtures/asking.ts";
import { type RunningDemo, startDemo } from "./fixtures/demo.ts";
import { type LivedIn, liveIn } from "./fixtures/lived-in.ts";
import { type PageOfConsole, pagesOfConsole } from "./fixtures/pages.ts";
import { faultsOfPortal } from "./fixtures/pages-of-portal.ts";
import { type SharedServers, startServers } from "./fixtures/shared-servers.ts";
import { allViews } from "./fixtures/sizes.ts";
import { faultsOn, useVisitors } from "./fixtures/visitor.ts";

describe.each(["files", "servers"] as const)("over %s, the console", (stores) => {
  let servers: SharedServers | undefined;
  let demo: RunningDemo;
  let lived: LivedIn;
  beforeAll(async () => {
    servers = stores === "servers" ? await startServers() : undefined;
    demo = await startDemo(servers?.variables);
    lived = await liveIn(demo);
  }, 120_000);
  afterAll(async () => {
    await demo?.stop();
    await servers?.close();
  });

  const visit = useVisitors();

  it.each(allViews)("is faultless on every page: $size, $colorScheme", async (view) => {
    const { page } = await visit({ viewport: view.viewport, colorScheme: view.colorScheme });
    await page.goto(`${demo.consoleUrl}/sign-in`);
    await page.getByLabel("Token").waitFor();
    expect(["sign-in", ...(await faultsOn(page))]).toEqual(["sign-in"]);
    await enter(page, demo);
    const faults: string[] = [];
    for (const one of pagesOfConsole) {
      await page.goto(demo.consoleUrl + one.path(lived));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expect.poll(() => page.getByText("Loading …").count(), { timeout: 20_000 }).toBe(0);
      faults.push(...(await faultsOn(page)).map((fault) => `${one.name}: ${fault}`));
      faults.push(...(await faultsOfDialogs(page, one)));
    }
    expect(faults).toEqual([]);
  });

  it.each(allViews)(
    "is faultless on every page of the portal: $size, $colorScheme",
    async (view) => {
      const { page } = await visit({ viewport: view.viewport, colorScheme: view.colorScheme });
      const key = demo.file.mavera.keys["starter"] ?? "";
      expect(await faultsOfPortal(page, demo, key, lived.refusedId)).toEqual([]);
    },
  );
});

async function faultsOfDialogs(page: Page, { name, opens = [] }: PageOfConsole): Promise<string[]> {
  const faults: string[] = [];
  for (const button of opens) {
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await page.getByRole("dialog").waitFor();
    faults.push(...(await faultsOn(page)).map((fault) => `${name}, ${button}: ${fault}`));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  return faults;
}
