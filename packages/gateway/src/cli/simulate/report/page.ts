// A report as a page: one file that anybody can open and send on, without a program in it, and without anything from elsewhere.

import { escapeHtml } from "../../../pages/html.ts";
import type { Block, Picture, Report, Section, Table } from "./report.ts";
import { styleOf } from "./style.ts";
import { inPage, NARROW, WIDE } from "./svg.ts";

/** The page holds all that it shows: it may load nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'";

export function reportPage({ title, summary, sections, notes }: Report): string {
  const shown = escapeHtml(title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${shown}</title>
<link rel="icon" href="data:,">
<style>
${styleOf("page")}</style>
</head>
<body>
<main>
<h1>${shown}</h1>
<div class="summary">
${summary.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join("\n")}
</div>
${sections.map(sectionOf).join("\n")}
</main>
<footer>
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("\n")}
</footer>
</body>
</html>
`;
}

function sectionOf({ title, blocks }: Section): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
${blocks.map(blockOf).join("\n")}
</section>`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case "words":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
    case "command":
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`;
    case "table":
      return tableOf(block.table);
    case "picture":
      return figureOf(block.picture);
  }
}

/** Drawn twice, since text in a drawing that shrinks would shrink, too: the style shows one. */
function figureOf(picture: Picture): string {
  return `<figure>
<figcaption><strong>${escapeHtml(picture.title)}.</strong> ${escapeHtml(picture.says)}</figcaption>
${inPage(picture, WIDE, "wide")}${inPage(picture, NARROW, "narrow")}
<details><summary>The numbers</summary>
${tableOf(picture.table)}
</details>
</figure>`;
}

/** It scrolls by itself where it is too wide, and so can be reached by keys. */
function tableOf({ caption, columns, rows }: Table): string {
  const shown = escapeHtml(caption);
  const side = (at: number) => (columns[at]?.align === "right" ? ' class="number"' : "");
  const head = columns.map(
    ({ title }, at) => `<th scope="col"${side(at)}>${escapeHtml(title)}</th>`,
  );
  const body = rows.map((cells) => {
    const [first = "", ...others] = cells;
    const rest = others.map((cell, at) => `<td${side(at + 1)}>${escapeHtml(cell)}</td>`);
    return `<tr><th scope="row"${side(0)}>${escapeHtml(first)}</th>${rest.join("")}</tr>`;
  });
  return `<div class="table" role="region" aria-label="${shown}" tabindex="0"><table>
<caption>${shown}</caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}
