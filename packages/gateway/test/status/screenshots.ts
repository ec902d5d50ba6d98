// The status page as people see it, on a phone and on a desk, in light and dark.
//   node --conditions=sluice-source packages/gateway/test/status/screenshots.ts [folder]

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import { serveStatus } from "./fixtures/served-status.ts";

const [folder = "screenshots"] = process.argv.slice(2);
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;

mkdirSync(folder, { recursive: true });
const served = await serveStatus();
const browser = await launchChromium();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport, colorScheme });
    const tab = await context.newPage();
    for (const [name, url] of Object.entries(served.urls)) {
      await tab.goto(url, { waitUntil: "networkidle" });
      const file = join(folder, `status-${name}-${size}-${colorScheme}.png`);
      await tab.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
    await context.close();
  }
}
await browser.close();
await served.close();
