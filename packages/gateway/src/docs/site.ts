// An API's documents as a site of static files. Each is made when it is asked for: nobody should wait for all of them.

import { readFileSync } from "node:fs";
import type { AnyApi } from "sluice";
import {
  type DocPage,
  llmsFullText,
  llmsText,
  openApiOf,
  pagesOf,
  pythonFileName,
  pythonHandler,
} from "sluice/reference";
import { escapeHtml } from "../pages/html.ts";
import { styleSheet } from "../pages/style-sheet.ts";
import { framed, type SiteMap } from "./frame.ts";
import { type Heading, pageHtml } from "./markdown-html.ts";
import { htmlFileOf, INDEX, markdownFileOf, REFERENCE, rootFrom, SEARCH } from "./places.ts";
import { referencePage } from "./reference-page.ts";
import { searchContent, searchTexts } from "./search.ts";
import { VIEWER, viewerScript } from "./viewer.ts";

/** Files by their paths below the root of the site: `errors/x/index.html`. */
export type Site = ReadonlyMap<string, () => string>;

export const NOT_FOUND = "404.html";

const assets = ["site.js", "search.js", "reference.js"];

export interface SiteOptions {
  /** The path at which the root of the site is found. Only the page for addresses that are none needs it. */
  readonly base: string;
}

/** Deterministic: the same contract gives the same bytes. */
export function siteOf(api: AnyApi, { base }: SiteOptions): Site {
  const pages = pagesOf(api);
  const map = mapOf(api, pages);
  const site = new Map<string, () => string>();
  for (const page of pages) {
    site.set(htmlFileOf(page.path), () => htmlOf(page, map));
    site.set(markdownFileOf(page.path), () => page.markdown);
  }
  site.set(htmlFileOf(SEARCH), () => searchPage(pages, map));
  site.set("search.json", () => JSON.stringify(searchTexts(pages)));
  site.set(NOT_FOUND, () => notFoundPage(map, base));
  site.set("llms.txt", () => llmsText(api));
  site.set("llms-full.txt", () => llmsFullText(api));
  site.set("openapi.json", () => `${JSON.stringify(openApiOf(api), null, 2)}\n`);
  const python = pythonFileName(api);
  if (python !== undefined) site.set(python, () => pythonHandler(api));
  site.set(htmlFileOf(REFERENCE), () => referencePage(api, pages, map));
  site.set(VIEWER, viewerScript);
  site.set("site.css", () => styleSheet("page", "site"));
  for (const asset of assets) site.set(asset, () => assetText(asset));
  return site;
}

function mapOf({ wire }: AnyApi, pages: readonly DocPage[]): SiteMap {
  const of = (folder: string) => pages.filter(({ path }) => path.startsWith(`${folder}/`));
  const guides = pages.filter(({ path }) => !path.includes("/"));
  return {
    title: wire.about.title,
    sections: [
      { title: "Guides", areNames: false, pages: guides },
      {
        title: "Reference",
        areNames: false,
        pages: [{ path: REFERENCE, title: "API reference" }],
        files: [{ path: "openapi.json", title: "openapi.json" }],
      },
      { title: "Error codes", areNames: true, pages: of("errors") },
      { title: "Operations", areNames: true, pages: of("operations") },
    ],
  };
}

function htmlOf({ path, title, summary, markdown }: DocPage, map: SiteMap): string {
  const { opening, rest, headings } = pageHtml(markdown, path);
  const kind = path.includes("/") ? "one" : "guide";
  const content = `<article class="${kind}">\n${opening}${contents(headings)}${rest}</article>`;
  const shown = path === INDEX ? map.title : title;
  return framed(
    {
      ...{ path, summary, content },
      title: shown,
      root: rootFrom(path),
      markdown: markdownFileOf(path),
    },
    map,
  );
}

/** A page with two headings needs no list of them. */
function contents(headings: readonly Heading[]): string {
  if (headings.length < 3) return "";
  const items = headings.map(({ id, text }) => `<li><a href="#${escapeHtml(id)}">${text}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><p>On this page</p><ul>\n${items.join("\n")}\n</ul></nav>\n`;
}

function searchPage(pages: readonly DocPage[], map: SiteMap): string {
  const root = rootFrom(SEARCH);
  const summary = `Every page about the errors and limits of ${map.title}.`;
  const content = searchContent(pages, root);
  return framed(
    { title: "Search", summary, path: SEARCH, root, content, script: "search.js" },
    map,
  );
}

function notFoundPage(map: SiteMap, root: string): string {
  const content = `<article>
<h1>There is no such page</h1>
<p>The address may have been mistyped, or what it named is gone. Every page is listed beside this text and on
<a href="${root}search/">the search page</a>; <a href="${root}errors/">Errors</a> has every code.</p>
</article>`;
  return framed({ title: "Not found", summary: "", path: undefined, root, content }, map);
}

function assetText(name: string): string {
  return readFileSync(new URL(`../../docs-assets/${name}`, import.meta.url), "utf8");
}
