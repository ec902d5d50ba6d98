/** For language models: an index of the pages in the form of llmstxt.org, and all of them in one text. */
import type { AnyApi } from "../contract/index.ts";
import { type Reference, referenceOf } from "./model/reference.ts";
import { blocks, type DocPage, list } from "./pages/markdown.ts";
import { pagesFor } from "./pages/pages.ts";

/** `llms.txt`: a title, a summary, and lists of links under headings (llmstxt.org). */
export function llmsText(api: AnyApi): string {
  const reference = referenceOf(api);
  const pages = pagesFor(reference);
  const { about, baseUrl } = reference;
  const of = (folder: string) => pages.filter(({ path }) => path.startsWith(`${folder}/`));
  const guides = pages.filter(({ path }) => !path.includes("/"));
  return blocks(
    `# ${about.title}`,
    `> ${about.summary ?? `What callers of ${about.title} meet besides success.`} These documents say how its API refuses: ` +
      "every error code, rate limits, credits, keys, and how to handle each of them.",
    `Base URL: ${baseUrl}. Every page below is Markdown. All of them in one file: ${addressOf(reference, "llms-full.txt")}`,
    "## Guides",
    entries(reference, guides),
    "## Error codes",
    entries(reference, of("errors")),
    "## Optional",
    list([
      `[OpenAPI 3.1](${addressOf(reference, "openapi.json")}): operations, schemas and refusals`,
    ]),
    entries(reference, of("operations")),
  );
}

function entries(reference: Reference, pages: readonly DocPage[]): string {
  return list(
    pages.map(
      ({ path, title, summary }) => `[${title}](${addressOf(reference, `${path}.md`)}): ${summary}`,
    ),
  );
}

/** Absolute where the documents have an address, else as it lies beside `llms.txt`. */
function addressOf({ about }: Reference, file: string): string {
  return about.docs === undefined ? file : `${about.docs.replace(/\/$/, "")}/${file}`;
}

/** `llms-full.txt`: every page, each under the address that it has by itself. */
export function llmsFullText(api: AnyApi): string {
  const reference = referenceOf(api);
  const parts = pagesFor(reference).map(
    ({ path, markdown }) => `<!-- ${addressOf(reference, `${path}.md`)} -->\n\n${markdown.trim()}`,
  );
  return `${parts.join("\n\n---\n\n")}\n`;
}
