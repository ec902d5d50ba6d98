// The machine's own Chromium, without a window.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const INSTALL_MS = 300_000;

export function launchChromium(): Promise<Browser> {
  // Within a container there is often no sandbox to be had, and the page is ours.
  return chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
}

function findChromium(): string {
  const path = onPath() ?? (installed() ? onPath() : undefined);
  if (path !== undefined) return path;
  throw new Error(`no browser on PATH (${NAMES.join(", ")}): apt-get install -y chromium`);
}

function onPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place));
}

/** Where the machine is ours to install on: Debian, as root. */
function installed(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log("no browser on PATH: installing chromium, which takes a minute");
  const options = { stdio: "ignore", timeout: INSTALL_MS } as const;
  spawnSync("apt-get", ["update"], options);
  const arguments_ = ["install", "-y", "--no-install-recommends", "chromium"];
  return spawnSync("apt-get", arguments_, options).status === 0;
}
