// `npm run screenshots --workspace @sluice/console`: every page of the console and the portal as people see it, and every dialog,
// on a phone and on a desk, in light and dark, over a demo with a little traffic.
//   node --conditions=sluice-source packages/console/test/screenshots.ts [folder] [page …]

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Page } from "playwright-core";
import { enter } from "./fixtures/asking.ts";
import { startDemo } from "./fixtures/demo.ts";
import { liveIn } from "./fixtures/lived-in.ts";
import { pagesOfConsole } from "./fixtures/pages.ts";
import { enterPortal, pagesOfPortal, portalOf } from "./fixtures/pages-of-portal.ts";
import { sizes } from "./fixtures/sizes.ts";

const [folder = "screenshots", ...only] = process.argv.slice(2);
const isWanted = (name: string) => only.length === 0 || only.includes(name);
/** For what comes second by second. */
const drawnMs = 1_500;

mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const lived = await liveIn(demo);
const browser = await launchChromium();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const view = `${size}-${colorScheme}`;
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    await shootConsole(page, view);
    await shootPortal(page, view);
    await context.close();
  }
}
await browser.close();
await demo.stop();

async function shootConsole(page: Page, view: string): Promise<void> {
  if (isWanted("sign-in")) {
    await page.goto(`${demo.consoleUrl}/sign-in`);
    await page.getByLabel("Token").waitFor();
    await shoot(page, `sign-in-${view}`);
  }
  await enter(page, demo);
  for (const { name, path, opens = [] } of pagesOfConsole) {
    if (!isWanted(name)) continue;
    await look(page, demo.consoleUrl + path(lived), `${name}-${view}`);
    for (const button of opens) {
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await page.getByRole("dialog").waitFor();
      const opened = button.toLowerCase().replaceAll(" ", "-");
      await shoot(page, `${name}-${opened}-${view}`);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
  }
}

async function shootPortal(page: Page, view: string): Promise<void> {
  if (isWanted("portal-sign-in")) {
    await page.goto(`${portalOf(demo)}/sign-in`);
    await page.getByLabel("API key").waitFor();
    await shoot(page, `portal-sign-in-${view}`);
  }
  await enterPortal(page, demo, demo.file.mavera.keys["starter"] ?? "");
  for (const { name, path } of pagesOfPortal(lived.refusedId)) {
    if (!isWanted(`portal-${name}`)) continue;
    await look(page, portalOf(demo) + path, `portal-${name}-${view}`);
  }
}

async function look(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(drawnMs);
  await shoot(page, name);
}

async function shoot(page: Page, name: string): Promise<void> {
  const file = resolve(join(folder, `${name}.png`));
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
}
