/**
 * Where each page is, relative to the contract's `about.docs` and without an extension. They never change: the address of
 * a code's page is derived from the code, which is in every refusal's `Link` and in programs.
 */

export const PAGES = {
  index: "index",
  overview: "errors",
  rateLimits: "rate-limits",
  credits: "credits",
  authentication: "authentication",
  handling: "error-handling",
  operations: "operations",
} as const;

export function pathOfCode(code: string): string {
  return `errors/${code}`;
}

export function pathOfOperation(name: string): string {
  return `operations/${name}`;
}

/** The id of a heading, as Markdown renderers make it: lower case, words joined by hyphens. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** A relative link from one page's Markdown file to another's. */
export function linkTo(from: string, to: string, heading?: string): string {
  const anchor = heading === undefined ? "" : `#${anchorOf(heading)}`;
  if (from === to && anchor !== "") return anchor;
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const up = "../".repeat(folder.split("/").length - 1);
  const way = folder !== "" && to.startsWith(folder) ? to.slice(folder.length) : up + to;
  return `${way}.md${anchor}`;
}
