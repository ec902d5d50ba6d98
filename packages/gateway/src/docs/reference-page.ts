// The OpenAPI document as a page: a plain list of all operations, over which a viewer draws the whole.

import type { AnyApi } from "sluice";
import type { DocPage } from "sluice/reference";
import { escapeHtml } from "../pages/html.ts";
import { framed, type SiteMap } from "./frame.ts";
import { folderOf, REFERENCE, rootFrom } from "./places.ts";

const root = rootFrom(REFERENCE);

export function referencePage(api: AnyApi, pages: readonly DocPage[], map: SiteMap): string {
  const { title, operations } = { title: api.wire.about.title, operations: linesOf(api, pages) };
  const summary = `Every operation of ${title}: what it takes, what it answers, and every refusal.`;
  const content = `<article>
<h1>API reference</h1>
<p>${escapeHtml(summary)} It is drawn from <a href="${root}openapi.json">openapi.json</a> (OpenAPI 3.1), which any tool of
yours can read, too.</p>
<ul class="operations">
${operations.join("\n")}
</ul>
</article>`;
  return framed(
    {
      ...{ title: "API reference", summary, path: REFERENCE, root, content },
      ...{ script: "reference.js", isWide: true },
    },
    map,
  );
}

function linesOf({ wire }: AnyApi, pages: readonly DocPage[]): readonly string[] {
  const listed = pages.filter(({ path }) => path.startsWith("operations/"));
  return listed.map(({ path, summary }) => {
    const { method, path: way } = wire.operations[path.slice("operations/".length)] ?? {};
    const name = escapeHtml(`${method} ${wire.basePath}${way}`);
    return `<li><a href="${root}${folderOf(path)}"><code>${name}</code></a> ${escapeHtml(summary)}</li>`;
  });
}
