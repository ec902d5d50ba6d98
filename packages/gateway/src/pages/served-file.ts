// A file that browsers are sent: rendered once, compressed once, with a tag that says which bytes they are.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Answer, Call } from "sluice/gate";

const gzipped = promisify(gzip);

export interface ServedFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly gzipped: Uint8Array;
  /** Without quotes. */
  readonly tag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  atom: "application/atom+xml; charset=utf-8",
  py: "text/x-python; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
  map: "application/json",
};

/** Compressed beside the event loop: calls go on meanwhile. */
export async function servedFile(path: string, content: string | Uint8Array): Promise<ServedFile> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    type: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    bytes,
    gzipped: await gzipped(bytes),
    tag: createHash("sha256").update(bytes).digest("base64url").slice(0, 22),
  };
}

/** How the files of one kind of pages are sent. */
export interface Sending {
  /** How long browsers and caches need not ask again. */
  readonly cacheControl: string;
  /** What such a page may load (CSP 3), without who may frame it: nobody. */
  readonly policy: string;
  /** Of the request's headers, what chooses the file, beside `Accept-Encoding`. */
  readonly chosenBy?: string;
  /** Other headers, flat: name, value. */
  readonly more?: readonly string[];
}

export function answerWith(
  file: ServedFile,
  call: Call,
  { cacheControl, policy, chosenBy, more = [] }: Sending,
  status = 200,
): Answer {
  const isGzipped = acceptsGzip(call.header("accept-encoding"));
  // Other bytes, another tag (RFC 9110 §8.8.3.3).
  const tag = `"${file.tag}${isGzipped ? "-gzip" : ""}"`;
  const headers = [
    ...["ETag", tag, "Cache-Control", status === 200 ? cacheControl : "no-store"],
    ...["Vary", chosenBy === undefined ? "Accept-Encoding" : `${chosenBy}, Accept-Encoding`],
  ];
  const known = call.header("if-none-match");
  if (status === 200 && known !== undefined && hasTag(known, tag)) {
    return { status: 304, headers, body: "" };
  }
  headers.push("Content-Type", file.type, "X-Content-Type-Options", "nosniff");
  headers.push("Content-Security-Policy", `${policy}; frame-ancestors 'none'`);
  headers.push(...more);
  if (isGzipped) headers.push("Content-Encoding", "gzip");
  return { status, headers, body: isGzipped ? file.gzipped : file.bytes };
}

/** Compared weakly, as RFC 9110 §13.1.2 says: a proxy may have made a tag weak. */
function hasTag(known: string, tag: string): boolean {
  return known
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === tag);
}

function acceptsGzip(accepted: string | undefined): boolean {
  const [, quality] = /(?:^|,)\s*gzip\s*(?:;\s*q=([\d.]+))?\s*(?:,|$)/i.exec(accepted ?? "") ?? [];
  if (accepted === undefined || !/(?:^|,)\s*gzip\b/i.test(accepted)) return false;
  return quality === undefined || Number(quality) > 0;
}
