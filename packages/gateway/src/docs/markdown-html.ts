// A page's Markdown as HTML: links lead to pages in place of files, headings can be linked to, tables say what their cells
// are, and nothing of a text is taken for a tag.

import { Marked, type RendererObject, type Token, type Tokens } from "marked";
import { anchorOf } from "sluice/reference";
import { escapeHtml } from "../pages/html.ts";
import { folderOf, rootFrom } from "./places.ts";

export interface PageHtml {
  /** From the title to the first heading below it. */
  readonly opening: string;
  readonly rest: string;
  /** Of the second level. */
  readonly headings: readonly Heading[];
}

export interface Heading {
  readonly id: string;
  /** As HTML. */
  readonly text: string;
}

/** @param page where it is; what it links to is told from there. */
export function pageHtml(markdown: string, page: string): PageHtml {
  const headings: Heading[] = [];
  const marked = new Marked({ renderer: rendererFor(page, headings) });
  const tokens = marked.lexer(markdown);
  const below = tokens.findIndex((token) => token.type === "heading" && token["depth"] > 1);
  const split = below < 0 ? tokens.length : below;
  const opening = tokens
    .slice(0, split)
    .map((token) => (isFacts(token, page) ? factsHtml(token, marked) : marked.parser([token])));
  return {
    opening: opening.join(""),
    rest: marked.parser(tokens.slice(split)),
    headings,
  };
}

/**
 * On the page of one code or operation two columns before the first heading are no table, but what there is to know of it,
 * name by name.
 */
function isFacts(token: Token, page: string): token is Tokens.Table {
  return token.type === "table" && token["header"].length === 2 && page.includes("/");
}

function factsHtml({ header, rows }: Tokens.Table, marked: Marked): string {
  const inline = (tokens: Token[] = []) => marked.Parser.parseInline(tokens, marked.defaults);
  const facts = [header, ...rows].map(([name, value]) => {
    const wide = (value?.text.length ?? 0) > SHORT_FACT_MAX ? ' class="wide"' : "";
    return `<div${wide}><dt>${inline(name?.tokens)}</dt><dd>${inline(value?.tokens)}</dd></div>`;
  });
  return `<dl class="facts">${facts.join("")}</dl>\n`;
}

function rendererFor(page: string, headings: Heading[]): RendererObject {
  const taken = new Map<string, number>();
  return {
    heading({ tokens, depth, text }) {
      const name = anchorOf(plain(text));
      const before = taken.get(name) ?? 0;
      taken.set(name, before + 1);
      const id = before === 0 ? name : `${name}-${before}`;
      const inner = this.parser.parseInline(tokens);
      if (depth === 1) return `<h1>${inner}</h1>\n`;
      if (depth === 2) headings.push({ id, text: inner });
      return `<h${depth} id="${escapeHtml(id)}">${inner}<a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to this section">#</a></h${depth}>\n`;
    },
    code({ text, lang = "" }) {
      const label = LANGUAGES[lang] ?? lang;
      const caption = label === "" ? "" : `<figcaption>${escapeHtml(label)}</figcaption>`;
      return `<figure class="code">${caption}<pre tabindex="0"><code>${escapeHtml(text)}</code></pre></figure>\n`;
    },
    table({ header, rows }) {
      const labels = header.map(({ text }) => escapeHtml(plain(text)));
      const heads = header.map(
        ({ tokens }) => `<th scope="col">${this.parser.parseInline(tokens)}</th>`,
      );
      const lines = rows.map((row) => {
        const cells = row.map(
          ({ tokens }, i) =>
            `<td data-label="${labels[i] ?? ""}"><div>${this.parser.parseInline(tokens)}</div></td>`,
        );
        return `<tr>${cells.join("")}</tr>`;
      });
      return `<table><thead><tr>${heads.join("")}</tr></thead><tbody>\n${lines.join("\n")}\n</tbody></table>\n`;
    },
    codespan({ text }) {
      // A header's name must not break at its hyphens; what is longer than a line of a phone must break somewhere.
      const short = text.length <= SHORT_LENGTH_MAX ? ' class="short"' : "";
      return `<code${short}>${escapeHtml(text)}</code>`;
    },
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      const target = targetFrom(page, href);
      return target === undefined ? inner : `<a href="${escapeHtml(target)}">${inner}</a>`;
    },
    image({ text }) {
      return escapeHtml(text);
    },
    html({ text }) {
      return escapeHtml(text);
    },
  };
}

/** What is longer has a line of its own. */
const SHORT_FACT_MAX = 44;
const SHORT_LENGTH_MAX = 24;

const LANGUAGES: Readonly<Record<string, string>> = {
  sh: "Shell",
  http: "HTTP",
  json: "JSON",
  ts: "TypeScript",
  python: "Python",
};

/** Without the marks of inline Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[`*]/g, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

/** Undefined for what is no address of the web: it stays text. */
function targetFrom(page: string, href: string): string | undefined {
  if (/^(?:https?|mailto):/i.test(href) || href.startsWith("#")) return href;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("/")) return undefined;
  const { pathname, hash } = new URL(href, `http://docs/${page}.md`);
  const file = pathname.slice(1);
  const place = file.endsWith(".md") ? folderOf(file.slice(0, -".md".length)) : file;
  return `${rootFrom(page)}${place}${hash}`;
}
