// `npm run screenshots --workspace @sluice/console`: every page of the console as people see it, on a phone and on a desk, in
// light and dark, over a demo with a little traffic.
//   node --conditions=sluice-source packages/console/test/screenshots.ts [folder] [page …]

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import type { Page } from "playwright-core";
import { enter } from "./fixtures/asking.ts";
import { startDemo } from "./fixtures/demo.ts";
import { liveIn } from "./fixtures/lived-in.ts";
import { pagesOfConsole } from "./fixtures/pages.ts";
import { sizes } from "./fixtures/sizes.ts";

const [folder = "screenshots", ...only] = process.argv.slice(2);
const wanted = pagesOfConsole.filter(({ name }) => only.length === 0 || only.includes(name));
/** For what comes second by second. */
const drawnMs = 1_500;

async function shoot(page: Page, name: string): Promise<void> {
  const file = resolve(join(folder, `${name}.png`));
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
}

mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const lived = await liveIn(demo);
const browser = await launchChromium();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    await page.goto(`${demo.consoleUrl}/sign-in`);
    await page.getByLabel("Token").waitFor();
    if (only.length === 0) await shoot(page, `sign-in-${size}-${colorScheme}`);
    await enter(page, demo);
    for (const { name, path, opens = [] } of wanted) {
      await page.goto(demo.consoleUrl + path(lived));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(drawnMs);
      await shoot(page, `${name}-${size}-${colorScheme}`);
      for (const button of opens) {
        await page.getByRole("button", { name: button, exact: true }).first().click();
        await page.getByRole("dialog").waitFor();
        const opened = button.toLowerCase().replaceAll(" ", "-");
        await shoot(page, `${name}-${opened}-${size}-${colorScheme}`);
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "hidden" });
      }
    }
    await context.close();
  }
}
await browser.close();
await demo.stop();
