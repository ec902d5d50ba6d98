// The viewer of the OpenAPI page: Redoc (MIT), as one script that we serve ourselves. Nothing of it may ask another server, so
// the addresses in it of its maker's servers (a logo, icons, usage data) lead nowhere. What is published has a copy beside this
// file, so that nobody installs the libraries that its package names for whoever builds on it.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export const VIEWER = "redoc.js";

const otherServers = /https:\/\/(?:cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)\//g;
/** An empty document, in an address of its own. */
const nowhere = "data:,";

export function viewerScript(): string {
  const copy = new URL(VIEWER, import.meta.url);
  return existsSync(copy) ? readFileSync(copy, "utf8") : viewerFromPackage();
}

/** What the copy is made of. */
export function viewerFromPackage(): string {
  const { resolve } = createRequire(import.meta.url);
  const folder = dirname(resolve("redoc/package.json"));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
  const license = readFileSync(join(folder, "LICENSE"), "utf8").replaceAll("*/", "* /");
  const text = readFileSync(resolve("redoc/bundles/redoc.standalone.js"), "utf8");
  const changed = "Changed: it asks no server but the one that it came from.";
  return `/*!\nRedoc ${version}. ${changed}\n\n${license}*/\n${text.replaceAll(otherServers, nowhere)}`;
}

interface Package {
  readonly version: string;
}
