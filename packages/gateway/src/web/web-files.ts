// The built files of a web application, read once: names with a hash are kept for ever, pages are asked for each time.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Answer, Call } from "sluice/gate";

/** Scripts and styles of our own only, nothing inline, and in nobody's frame. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".map": "application/json",
};

export interface WebFiles {
  /** The page that begins the application, wherever in it somebody comes in. */
  readonly page: (call: Call) => Answer;
  /** A file below `assets/`; undefined for one that is not there. */
  readonly asset: (call: Call, name: string) => Answer | undefined;
}

interface File {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly gzipped: Uint8Array;
  readonly tag: string;
}

/**
 * @param folder what the build made: pages, and `assets` beside them
 * @param page the file of the one that begins it
 * @param path where it is served: `/console`
 */
export async function readWebFiles(folder: string, page: string, path: string): Promise<WebFiles> {
  const names = await readdir(join(folder, "assets"));
  const read = async (name: string) =>
    [name, fileOf(name, await readFile(join(folder, "assets", name)))] as const;
  const assets = new Map(await Promise.all(names.map(read)));
  // What the build made can lie anywhere; a page is shown at every depth below its place.
  const html = (await readFile(join(folder, page), "utf8")).replaceAll(
    /(["'])\.\/(assets\/|")/g,
    (_, quote: string, rest: string) => `${quote}${path}/${rest}`,
  );
  const begin = fileOf(page, Buffer.from(html.replaceAll("%PATH%", path)));
  return {
    page: (call) => send(begin, call, "no-cache"),
    asset(call, name) {
      const file = assets.get(name);
      return file && send(file, call, "public, max-age=31536000, immutable");
    },
  };
}

function fileOf(name: string, bytes: Uint8Array): File {
  return {
    type: TYPES[extname(name)] ?? "application/octet-stream",
    bytes,
    gzipped: gzipSync(bytes),
    tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
  };
}

function send({ type, bytes, gzipped, tag }: File, call: Call, cacheControl: string): Answer {
  const headers = ["ETag", tag, "Cache-Control", cacheControl, "Vary", "Accept-Encoding"];
  if (call.header("if-none-match") === tag) return { status: 304, headers, body: "" };
  headers.push("Content-Type", type, "X-Content-Type-Options", "nosniff");
  headers.push(
    "Content-Security-Policy",
    CONTENT_SECURITY_POLICY,
    "Referrer-Policy",
    "no-referrer",
  );
  headers.push("Cross-Origin-Opener-Policy", "same-origin");
  const isGzipped = /\bgzip\b/.test(call.header("accept-encoding") ?? "");
  if (isGzipped) headers.push("Content-Encoding", "gzip");
  return { status: 200, headers, body: isGzipped ? gzipped : bytes };
}
