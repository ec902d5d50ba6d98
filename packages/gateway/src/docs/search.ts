// The search page lists every page, which is of use by itself; a program in the browser narrows the list down by their texts.

import type { DocPage } from "sluice/reference";
import { escapeHtml } from "../pages/html.ts";
import { folderOf } from "./places.ts";

export function searchContent(pages: readonly DocPage[], root: string): string {
  const items = pages.map(
    ({ path, title, summary }) =>
      `<li data-page="${escapeHtml(path)}"><a href="${root}${folderOf(path)}">${escapeHtml(title)}</a>` +
      `<p>${escapeHtml(withoutMarks(summary))}</p></li>`,
  );
  return `<article class="search">
<h1>Search</h1>
<p id="found" role="status">All ${pages.length} pages.</p>
<ol id="results">
${items.join("\n")}
</ol>
</article>`;
}

/** What there is to find on each page, by its path: text without marks, in lower case. */
export function searchTexts(pages: readonly DocPage[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pages.map(({ path, markdown }) => [path, withoutMarks(markdown).toLowerCase()]),
  );
}

function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/\]\([^)\s]*\)/g, "")
    .replaceAll(/^(?:[#>]+|```\w*|[-|\s]+$)/gm, " ")
    .replaceAll(/[`*[\]]/g, "")
    .replaceAll(/[|\s]+/g, " ")
    .trim();
}
