// A file of the site as it is sent: rendered once, compressed once, with a tag that says which bytes they are.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Answer, Call } from "sluice/gate";
import { CONTENT_SECURITY_POLICY, VIEWER_SECURITY_POLICY } from "./frame.ts";
import { htmlFileOf, REFERENCE } from "./places.ts";

export interface ServedFile {
  readonly type: string;
  readonly policy: string;
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
  py: "text/x-python; charset=utf-8",
};

const gzipped = promisify(gzip);

/** Not on the thread that answers calls: the viewer has two million characters. */
export async function servedFile(path: string, text: string): Promise<ServedFile> {
  const bytes = new TextEncoder().encode(text);
  return {
    type: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    bytes,
    policy: path === htmlFileOf(REFERENCE) ? VIEWER_SECURITY_POLICY : CONTENT_SECURITY_POLICY,
    gzipped: await gzipped(bytes),
    tag: createHash("sha256").update(bytes).digest("base64url").slice(0, 22),
  };
}

/** Browsers need no more than a look at the tag; what is changed is seen within five minutes. */
const CACHED = "public, max-age=300";

export function answerWith(file: ServedFile, call: Call, status = 200): Answer {
  const isGzipped = acceptsGzip(call.header("accept-encoding"));
  // Other bytes, another tag (RFC 9110 §8.8.3.3).
  const tag = `"${file.tag}${isGzipped ? "-gzip" : ""}"`;
  const headers = [
    ...["ETag", tag, "Cache-Control", status === 200 ? CACHED : "no-store"],
    ...["Vary", "Accept, Accept-Encoding"],
  ];
  const known = call.header("if-none-match");
  if (status === 200 && known !== undefined && hasTag(known, tag)) {
    return { status: 304, headers, body: "" };
  }
  headers.push("Content-Type", file.type, "X-Content-Type-Options", "nosniff");
  headers.push("Content-Security-Policy", `${file.policy}; frame-ancestors 'none'`);
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
