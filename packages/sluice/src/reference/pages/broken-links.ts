/** Whether every link of every page leads somewhere: pages that people write have links, too. */
import { anchorOf } from "../model/addresses.ts";
import type { DocPage } from "./markdown.ts";

export interface BrokenLink {
  /** The page that it stands in. */
  readonly path: string;
  readonly target: string;
  readonly why: string;
}

/** What lies beside the pages without being one. */
const FILE = /^(?:llms\.txt|llms-full\.txt|openapi\.json|[a-z][a-z0-9_]*_errors\.py)$/;

/** Links that are no addresses of other sites, and lead to no page or no heading of it. */
export function brokenLinks(pages: readonly DocPage[]): readonly BrokenLink[] {
  const anchors = new Map(pages.map(({ path, markdown }) => [path, anchorsIn(markdown)]));
  return pages.flatMap(({ path, markdown }) =>
    targetsIn(markdown).flatMap((target) => {
      const why = reasonAgainst(path, target, anchors);
      return why === undefined ? [] : [{ path, target, why }];
    }),
  );
}

const FENCED = /^```.*?^```$/gms;
const LINK = /\]\(([^)\s]+)\)/g;

function targetsIn(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(FENCED, "").replaceAll(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(LINK)].flatMap(([, target]) => target ?? []);
}

function anchorsIn(markdown: string): ReadonlySet<string> {
  const headings = markdown.replaceAll(FENCED, "").matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = ""]) => anchorOf(heading)));
}

function reasonAgainst(
  from: string,
  target: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (/^(?:https?|mailto):/.test(target) || FILE.test(target)) return undefined;
  const { pathname, hash } = new URL(target, `http://docs/${from}.md`);
  if (!pathname.endsWith(".md")) return "it leads to no page: pages end with .md";
  const found = anchors.get(decodeURIComponent(pathname).slice(1, -".md".length));
  if (found === undefined) return "there is no such page";
  return hash === "" || found.has(decodeURIComponent(hash.slice(1)))
    ? undefined
    : "the page has no such heading";
}
