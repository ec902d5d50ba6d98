// What stands around each page: the way past it for keyboards, the name, the search, every other page, and nothing inline.

import { escapeHtml } from "../pages/html.ts";
import { folderOf } from "./places.ts";

/** What all pages of a site share. */
export interface SiteMap {
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  /** Pages in monospace: names that programs read. */
  readonly areNames: boolean;
  readonly pages: readonly Linked[];
  /** What is no page. @default nothing */
  readonly files?: readonly Linked[];
}

interface Linked {
  readonly path: string;
  readonly title: string;
}

export interface Framed {
  /** As browsers show it, in a tab. */
  readonly title: string;
  readonly summary: string;
  /** Its own address; undefined for a page that is none of the site's. */
  readonly path: string | undefined;
  /** From where it is shown to the root of the site: `../../`, or a path. */
  readonly root: string;
  /** The file beside it that says the same. @default none does */
  readonly markdown?: string;
  readonly content: string;
  /** Of `docs-assets`, beside the one that each page loads. @default none */
  readonly script?: string;
  /** Whether it takes the room of the menu, and is drawn by a viewer that styles its own elements. @default false */
  readonly isWide?: boolean;
}

/** A static host sends no headers of ours. `frame-ancestors` is for headers only. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
  "form-action 'self'; base-uri 'none'";

/**
 * A viewer writes the styles of what it draws, and a font of icons, into the page. Scripts are ours alone all the same, and
 * nobody else is asked for anything.
 */
export const VIEWER_SECURITY_POLICY = `${CONTENT_SECURITY_POLICY.replace(
  "style-src 'self'",
  "style-src 'self' 'unsafe-inline'",
)}; font-src data:`;

export function framed(page: Framed, map: SiteMap): string {
  const { root, isWide = false } = page;
  const menuAt = isWide ? `${root}search/` : "#menu";
  const name = escapeHtml(map.title);
  return `${head(page, map)}
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<a class="brand" href="${root}">${name}<span> errors and limits</span></a>
<form role="search" action="${root}search/">
<input type="search" name="q" aria-label="Search these pages" placeholder="Code, header, message …" autocomplete="off">
<button>Search</button>
</form>
<a class="to-menu" href="${menuAt}">All pages</a>
</header>
<div class="${isWide ? "wide" : "columns"}">
<main id="content" tabindex="-1">
${page.content}
</main>
${isWide ? "" : menu(page, map)}
</div>
<footer>
${alternatives(page)}
</footer>
</body>
</html>
`;
}

function head(page: Framed, map: SiteMap): string {
  const { title, summary, root, markdown, script, isWide } = page;
  const policy = isWide ? VIEWER_SECURITY_POLICY : CONTENT_SECURITY_POLICY;
  const lines = [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title === map.title ? title : `${title} · ${map.title}`)}</title>`,
    `<meta name="description" content="${escapeHtml(summary)}">`,
    '<link rel="icon" href="data:,">',
    `<link rel="stylesheet" href="${root}site.css">`,
    ...(markdown === undefined
      ? []
      : [`<link rel="alternate" type="text/markdown" href="${root}${markdown}">`]),
    `<script src="${root}site.js" defer></script>`,
    ...(script === undefined ? [] : [`<script src="${root}${script}" defer></script>`]),
    "</head>",
  ];
  return lines.join("\n");
}

function menu({ path, root }: Framed, { sections }: SiteMap): string {
  const parts = sections.map(({ title, areNames, pages, files = [] }) => {
    const items = pages.map((page) => {
      const here = page.path === path ? ' aria-current="page"' : "";
      return `<li><a href="${root}${folderOf(page.path)}"${here}>${escapeHtml(page.title)}</a></li>`;
    });
    for (const file of files) {
      items.push(`<li><a href="${root}${file.path}">${escapeHtml(file.title)}</a></li>`);
    }
    const names = areNames ? ' class="names"' : "";
    return `<h2>${escapeHtml(title)}</h2>\n<ul${names}>\n${items.join("\n")}\n</ul>`;
  });
  return `<nav id="menu" class="menu" aria-label="All pages">\n${parts.join("\n")}\n</nav>`;
}

function alternatives({ markdown, root }: Framed): string {
  const own =
    markdown === undefined ? "" : `<a href="${root}${markdown}">This page as Markdown</a> · `;
  return (
    `<p>${own}<a href="${root}llms.txt">llms.txt</a> · <a href="${root}llms-full.txt">llms-full.txt</a> · ` +
    `<a href="${root}openapi.json">OpenAPI</a></p>`
  );
}
