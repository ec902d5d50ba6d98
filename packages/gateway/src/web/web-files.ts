// The built files of a web application, read once: names with a hash are kept for ever, pages are asked for each time.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer, Call } from "sluice/gate";
import { escapeHtml } from "../pages/html.ts";
import { answerWith, type Sending, servedFile } from "../pages/served-file.ts";

/** Scripts and styles of our own only, and nothing inline. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'";

const SENDING = {
  policy: CONTENT_SECURITY_POLICY,
  more: ["Referrer-Policy", "no-referrer", "Cross-Origin-Opener-Policy", "same-origin"],
} as const;
const asPage: Sending = { ...SENDING, cacheControl: "no-cache" };
const asAsset: Sending = { ...SENDING, cacheControl: "public, max-age=31536000, immutable" };

export interface WebFiles {
  /** The page that begins the application, wherever in it somebody comes in. */
  readonly page: (call: Call) => Answer;
  /** A file below `assets/`; undefined for one that is not there. */
  readonly asset: (call: Call, name: string) => Answer | undefined;
}

/** What the page is told of its place. */
export interface Told {
  /** Where it is served: `/console`. */
  readonly path: string;
  /** Whose it is, in words. */
  readonly title: string;
}

/**
 * @param folder what the build made: pages, and `assets` beside them
 * @param page the file of the one that begins it
 */
export async function readWebFiles(
  folder: string,
  page: string,
  { path, title }: Told,
): Promise<WebFiles> {
  const names = await readdir(join(folder, "assets"));
  const read = async (name: string) =>
    [name, await servedFile(name, await readFile(join(folder, "assets", name)))] as const;
  const assets = new Map(await Promise.all(names.map(read)));
  // What the build made can lie anywhere; a page is shown at every depth below its place.
  const html = (await readFile(join(folder, page), "utf8"))
    .replaceAll(
      /(["'])\.\/(assets\/|")/g,
      (_, quote: string, rest: string) => `${quote}${path}/${rest}`,
    )
    .replaceAll("%PATH%", () => path)
    .replaceAll("%TITLE%", () => escapeHtml(title));
  const begin = await servedFile(page, html);
  return {
    page: (call) => answerWith(begin, call, asPage),
    asset(call, name) {
      const file = assets.get(name);
      return file && answerWith(file, call, asAsset);
    },
  };
}
