/** The first page: where everything is, and the shortest way to a first error that makes sense. */
import { linkTo, PAGES, pathOfCode } from "../model/addresses.ts";
import type { Reference } from "../model/reference.ts";
import { pythonFileName } from "../python/file-name.ts";
import { blocks, code, type DocPage, link, list, table } from "./markdown.ts";

const HERE = PAGES.index;

export function indexPage(reference: Reference, pages: readonly DocPage[]): DocPage {
  const { about, baseUrl, codes } = reference;
  const title = `${about.title}: errors and limits`;
  const summary = about.summary ?? `What callers of ${about.title} meet besides success.`;
  const guides = pages.filter(({ path }) => !path.includes("/"));
  const python = pythonFileName(reference.api);
  const markdown = blocks(
    `# ${title}`,
    about.summary,
    `Base URL: ${code(baseUrl)}`,
    "## Start here",
    list(guides.map((page) => `${link(page.title, linkTo(HERE, page.path))}: ${page.summary}`)),
    "## Every error code",
    table(
      ["Code", "Status", "What it is, and what to do"],
      codes.map((one) => [
        link(code(one.code), linkTo(HERE, pathOfCode(one.code))),
        one.status,
        one.summary,
      ]),
    ),
    "## For programs",
    list([
      `${link("llms.txt", "llms.txt")}: an index of these pages for language models; ${link("llms-full.txt", "llms-full.txt")}: all of them in one file`,
      `${link("openapi.json", "openapi.json")}: OpenAPI 3.1, with every refusal of every operation`,
      ...(python === undefined
        ? []
        : [`${link(python, python)}: a Python module that handles every refusal`]),
    ]),
  );
  return { path: HERE, title, summary, markdown };
}
