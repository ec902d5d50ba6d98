// `npm run images --workspace @sluice/console`: the pictures of the console in the documents, over a demo with some traffic.

import { fileURLToPath } from "node:url";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import { enter } from "./fixtures/asking.ts";
import { startDemo } from "./fixtures/demo.ts";
import { keepCalling, liveIn } from "./fixtures/lived-in.ts";

const folder = fileURLToPath(new URL("../../../docs/images/", import.meta.url));
const trafficMs = 75_000;

const demo = await startDemo();
const lived = await liveIn(demo);
const browser = await launchChromium();
const context = await browser.newContext({
  viewport: { width: 1200, height: 760 },
  colorScheme: "light",
});
const page = await context.newPage();
await enter(page, demo);
await keepCalling(demo, trafficMs);
await page.screenshot({ path: `${folder}console-overview.png` });
await page.goto(`${demo.consoleUrl}/requests/${lived.refusedId}`);
await page.getByRole("heading", { level: 1 }).waitFor();
await page.screenshot({ path: `${folder}console-request.png` });
await browser.close();
await demo.stop();
