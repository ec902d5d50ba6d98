// The machine's own Chromium, without a window.

import { type Browser, chromium } from "playwright-core";
import { findCommand } from "./command.ts";

export function launchChromium(): Promise<Browser> {
  const executablePath = findCommand({
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    debianPackage: "chromium",
  });
  // Within a container there is often no sandbox to be had, and the page is ours.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
