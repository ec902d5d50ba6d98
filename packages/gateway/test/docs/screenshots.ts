// `npm run screenshots`: pages of the documents as people see them, on a phone and on a desk, in light and dark.
//   node --conditions=sluice-source packages/gateway/test/docs/screenshots.ts [folder]

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "@sluice-internal/test-servers/chromium";
import { serveDocs } from "./fixtures/served-docs.ts";

const [folder = "screenshots"] = process.argv.slice(2);
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;
const pages = {
  index: "",
  errors: "errors/",
  handling: "error-handling/",
  code: "errors/rate_limit_exceeded/",
  operation: "operations/createResponse/",
  search: "search/?q=retry",
  reference: "reference/",
  missing: "errors/nothing/",
} as const;

mkdirSync(folder, { recursive: true });
const served = await serveDocs();
const browser = await launchChromium();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport, colorScheme });
    const tab = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await tab.goto(served.rootOf("mavera") + path, { waitUntil: "networkidle" });
      const file = join(folder, `${name}-${size}-${colorScheme}.png`);
      await tab.screenshot({ path: file });
      console.log(file);
    }
    await context.close();
  }
}
await browser.close();
await served.close();
