// The site of a contract: every page is rendered, every link and anchor of it leads somewhere, and no page is heavy.

import { gzipSync } from "node:zlib";
import type { AnyApi } from "sluice";
import { pagesOf } from "sluice/reference";
import { describe, expect, it } from "vitest";
import { pageHtml } from "../../src/docs/markdown-html.ts";
import { siteOf } from "../../src/docs/site.ts";
import { escapeHtml } from "../../src/pages/html.ts";
import { contracts } from "./fixtures/served-docs.ts";

function filesOf(api: AnyApi): ReadonlyMap<string, string> {
  return new Map([...siteOf(api, { base: "/docs/" })].map(([path, text]) => [path, text()]));
}

const idsIn = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
const addressesIn = (html: string) =>
  [...html.matchAll(/ (?:href|src|action)="([^"]+)"/g)].map(([, address = ""]) => address);

/** What is wrong with an address that stands in a file; undefined where it leads somewhere. */
function wrongWith(address: string, from: string, files: ReadonlyMap<string, string>) {
  if (/^(?:https?:|mailto:|data:)/.test(address)) return undefined;
  const { pathname, hash } = new URL(address, `http://host/docs/${from}`);
  if (!pathname.startsWith("/docs/")) return `${from}: ${address} leaves the site`;
  const place = pathname.slice("/docs/".length).replace(/(?<=^|\/)$/, "index.html");
  const html = files.get(place);
  if (html === undefined) return `${from}: ${address} leads nowhere`;
  const isThere = hash === "" || idsIn(html).includes(decodeURIComponent(hash.slice(1)));
  return isThere ? undefined : `${from}: ${address} has no such heading`;
}

describe.each(Object.entries(contracts))("the site of %s", (name, api) => {
  const files = filesOf(api);
  const html = [...files].filter(([path]) => path.endsWith(".html"));

  it("has a page and its Markdown for everything that there is to read", () => {
    for (const { path, markdown } of pagesOf(api)) {
      const page = files.get(path === "index" ? "index.html" : `${path}/index.html`) ?? "";
      expect(page.match(/<h1>/g), path).toHaveLength(1);
      expect(page, path).toMatch(/<\/html>\n$/);
      expect(files.get(`${path}.md`)).toBe(markdown);
    }
    for (const code of Object.keys(api.wire.codes)) {
      expect(files.has(`errors/${code}/index.html`), code).toBe(true);
    }
    for (const other of ["llms.txt", "llms-full.txt", "openapi.json", `${name}_errors.py`]) {
      expect(files.get(other)?.length, other).toBeGreaterThan(1_000);
    }
  });

  it("has no link that leads nowhere, and no heading twice", () => {
    const wrong = html.flatMap(([path, text]) =>
      addressesIn(text).flatMap((address) => wrongWith(address, path, files) ?? []),
    );
    expect(wrong).toEqual([]);
    for (const [path, text] of html) {
      expect(new Set(idsIn(text)).size, path).toBe(idsIn(text).length);
    }
  });

  it("notices a link that leads nowhere", () => {
    expect(wrongWith("../nothing/", "errors/index.html", files)).toContain("leads nowhere");
    expect(wrongWith("#nothing", "errors/index.html", files)).toContain("no such heading");
    expect(wrongWith("/elsewhere", "errors/index.html", files)).toContain("leaves the site");
  });

  it("runs nothing inline, loads nothing of others, and no text of a page is taken for a tag", () => {
    for (const [path, text] of html) {
      expect(text, path).not.toMatch(/<script(?! src=)|<style| style=| on[a-z]+="|javascript:/);
      expect(text, path).not.toMatch(/(?:src|rel="stylesheet" href)="(?:https?:)?\/\//);
      expect(text, path).not.toMatch(/<(?:key|your key|code>)>/);
    }
  });

  it("orders headings without a gap, and names every column", () => {
    for (const [path, text] of html) {
      const main = text.slice(text.indexOf("<main"), text.indexOf("</main>"));
      const levels = [...main.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      expect(levels[0], path).toBe(1);
      for (const [i, level] of levels.entries()) {
        expect(level - (levels[i - 1] ?? 0), path).toBeLessThanOrEqual(1);
      }
      const heads = text.match(/<th /g)?.length ?? 0;
      expect(text.match(/<th scope="col">/g)?.length ?? 0, path).toBe(heads);
    }
  });

  it("is light: a page with all that it needs comes in 16 KB", () => {
    const sizeOf = (path: string) => gzipSync(files.get(path) ?? "").length;
    const shared = sizeOf("site.css") + sizeOf("site.js");
    for (const [path] of html) expect(sizeOf(path) + shared, path).toBeLessThan(16_000);
  });

  it("lists every operation on the page of the OpenAPI document, before a viewer draws it", () => {
    const page = files.get("reference/index.html") ?? "";
    const wires = Object.values(api.wire.operations);
    expect(page.match(/<li>/g)).toHaveLength(wires.length);
    for (const { method, path, summary } of wires) {
      expect(page).toContain(`<code>${method} ${api.wire.basePath}${path}</code>`);
      expect(page).toContain(`</a> ${escapeHtml(summary)}</li>`);
    }
    for (const [path, text] of html) {
      if (path === "reference/index.html") continue;
      expect(text, path).toContain(`reference/">API reference</a>`);
      expect(text, path).toContain(`openapi.json">openapi.json</a>`);
    }
  });

  it("is the same each time", () => {
    expect(filesOf(api)).toEqual(files);
  });
});

describe("a page that somebody wrote", () => {
  const render = (markdown: string) => {
    const { opening, rest } = pageHtml(`# Title\n\n${markdown}\n`, "errors/x");
    return opening + rest;
  };

  it("shows tags as the text that they are", () => {
    const html = render("Send <key> to <b>us</b>.\n\n<script>alert(1)</script>\n\n`<i>`");
    expect(html).toContain("&lt;key&gt;");
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<(?:script|b|i|key)>/);
  });

  it("links to the web, to pages and to headings, and to nothing that runs", () => {
    expect(render("[a](y.md#why)")).toContain('href="../../errors/y/#why"');
    expect(render("[a](../index.md)")).toContain('href="../../"');
    expect(render("[a](https://a.example/?b&c)")).toContain('href="https://a.example/?b&amp;c"');
    expect(render("[a](javascript:alert)")).toBe("<h1>Title</h1>\n<p>a</p>\n");
    expect(render("![picture](https://a.example/b.png)")).not.toContain("<img");
  });

  it("gives headings of one name ids of their own", () => {
    expect(idsIn(render("## Why\n\n## Why"))).toEqual(["why", "why-1"]);
  });

  it("shows what there is to know before the first heading by name, and tables below as tables", () => {
    const html = render(
      "| Status | `429` |\n| --- | --- |\n| Retry | No |\n\n## Why\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    );
    expect(html).toContain("<dt>Retry</dt><dd>No</dd>");
    expect(html).toContain('<td data-label="B"><div>2</div></td>');
  });
});
