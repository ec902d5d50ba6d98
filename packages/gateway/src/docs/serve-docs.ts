// An API's documents on its public listener, beside its operations: no key, no limit, no row in the log. Nothing is rendered
// before somebody asks, and each file once; how many files there are follows from the contract.

import type { AnyApi } from "sluice";
import type { Answer, Call } from "sluice/gate";
import { notAllowed, pathOf } from "../internal/json-answer.ts";
import { answerWith, type Sending, type ServedFile, servedFile } from "../pages/served-file.ts";
import { CONTENT_SECURITY_POLICY, VIEWER_SECURITY_POLICY } from "./frame.ts";
import { htmlFileOf, markdownFileOf, REFERENCE } from "./places.ts";
import type { Site } from "./site.ts";
import { wantsMarkdown } from "./wants-markdown.ts";

export interface DocsSettings {
  /** Below the mount: `/docs`. */
  readonly path: string;
}

/** Answers what lies below its path, and leaves the rest. */
export type Docs = (call: Call) => Promise<Answer> | undefined;

/** @param mount what callers see in front of the path. */
export function createDocs(api: AnyApi, { path }: DocsSettings, mount: string): Docs {
  let files: Promise<Files> | undefined;
  return (call) => {
    const asked = pathOf(call);
    if (!asked.startsWith(path)) return undefined;
    const below = asked.slice(path.length);
    if (below !== "" && !below.startsWith("/")) return undefined;
    if (call.method !== "GET" && call.method !== "HEAD") {
      return Promise.resolve(notAllowed("GET, HEAD"));
    }
    // What makes them is loaded with the first one: most gateways answer calls, and nothing else, most of the time.
    files ??= import("./site.ts").then(
      ({ siteOf, NOT_FOUND }) => new Files(siteOf(api, { base: `${mount}${path}/` }), NOT_FOUND),
    );
    return files.then((all) => answerBelow(all, call, { asked, below }));
  };
}

class Files {
  readonly #site: Site;
  readonly #notFound: string;
  readonly #made = new Map<string, Promise<ServedFile>>();

  constructor(site: Site, notFound: string) {
    this.#site = site;
    this.#notFound = notFound;
  }

  has(path: string): boolean {
    return this.#site.has(path);
  }

  file(path: string): Promise<ServedFile> {
    const made = this.#made.get(path);
    if (made !== undefined) return made;
    const file = servedFile(path, this.#site.get(path)?.() ?? "");
    this.#made.set(path, file);
    return file;
  }

  get notFound(): Promise<ServedFile> {
    return this.file(this.#notFound);
  }
}

interface Asked {
  /** The whole path. */
  readonly asked: string;
  /** What of it lies below the documents: empty, or from a slash on. */
  readonly below: string;
}

/** Browsers need no more than a look at the tag; what is changed is seen within five minutes. */
function sending(path: string): Sending {
  const policy = path === htmlFileOf(REFERENCE) ? VIEWER_SECURITY_POLICY : CONTENT_SECURITY_POLICY;
  return { cacheControl: "public, max-age=300", policy, chosenBy: "Accept" };
}

async function answerBelow(files: Files, call: Call, { asked, below }: Asked): Promise<Answer> {
  const name = below.slice(1);
  const page = name.replace(/\/$/, "") || "index";
  const isFolder = below.endsWith("/");
  const markdown = markdownFileOf(page);
  if (files.has(htmlFileOf(page))) {
    if (files.has(markdown) && wantsMarkdown(call.header("accept"))) {
      // Its links are relative to where it lies: beside the page's folder, not in it.
      const isThere = below === `/${page}`;
      return isThere
        ? answerWith(await files.file(markdown), call, sending(markdown))
        : seeInstead(markdownFrom(asked, page));
    }
    const html = htmlFileOf(page);
    if (isFolder) return answerWith(await files.file(html), call, sending(html));
    return seeInstead(`${lastOf(asked)}/${queryOf(call)}`);
  }
  if (files.has(name)) return answerWith(await files.file(name), call, sending(name));
  if (call.header("accept")?.includes("text/html") === true) {
    return answerWith(await files.notFound, call, sending(name), 404);
  }
  const text =
    "There is no such page. The file llms.txt of these documents names all that there are.\n";
  const headers = ["Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"];
  return { status: 404, headers, body: text };
}

/** Relative, so that it holds behind a proxy that adds a path of its own. */
function seeInstead(location: string): Answer {
  const headers = ["Location", location, "Vary", "Accept", "Cache-Control", "public, max-age=300"];
  return { status: 302, headers, body: "" };
}

/** From `…/docs` to `docs/index.md`, from `…/errors/x/` to `../x.md`. */
function markdownFrom(asked: string, page: string): string {
  if (page !== "index") return `../${markdownFileOf(lastOf(page))}`;
  return asked.endsWith("/") ? "index.md" : `${lastOf(asked)}/index.md`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function queryOf({ target }: Call): string {
  const query = target.indexOf("?");
  return query < 0 ? "" : target.slice(query);
}
