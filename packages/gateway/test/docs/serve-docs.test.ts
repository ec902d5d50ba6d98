// Documents on the public listener: read without a key by browsers and programs, cached, and beside the API in every way.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedDocs, serveDocs } from "./fixtures/served-docs.ts";

let served: ServedDocs;
let root: string;
beforeAll(async () => {
  served = await serveDocs();
  root = served.rootOf("mavera");
});
afterAll(() => served.close());

const browser = "text/html,application/xhtml+xml,*/*;q=0.8";

function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  return fetch(new URL(path, root), { method, headers, redirect: "manual" });
}

describe("the documents of an API", () => {
  it("are HTML for browsers, each page below its own address", async () => {
    const response = await get("errors/invalid_model/", { accept: browser });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(await response.text()).toContain("<h1>invalid_model</h1>");
  });

  it.each([
    ["errors/invalid_model", "invalid_model/"],
    ["errors", "errors/"],
    ["search?q=a%20b", "search/?q=a%20b"],
    ["/mavera/docs", "docs/"],
  ])("lead from %s, as refusals name it, to the folder", async (path, location) => {
    const response = await get(path, { accept: browser });
    expect([response.status, response.headers.get("location")]).toEqual([302, location]);
    const followed = await fetch(new URL(path, root), { headers: { accept: browser } });
    expect(followed.status).toBe(200);
  });

  it.each([
    "errors/invalid_model",
    "errors/invalid_model/",
    "errors",
    "errors/",
    "",
    "/mavera/docs",
  ])("are Markdown at %s for whoever asks for it, with links that hold", async (path) => {
    const response = await fetch(new URL(path, root), { headers: { accept: "text/markdown" } });
    expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(response.headers.get("vary")).toContain("Accept");
    const markdown = await response.text();
    expect(markdown).toMatch(/^# /);
    const [, link = ""] = /\]\(([^)#]+\.md)/.exec(markdown) ?? [];
    expect((await fetch(new URL(link, response.url))).status, link).toBe(200);
  });

  it("are Markdown at the same address with .md, and files for programs by their names", async () => {
    const types = {
      "errors/invalid_model.md": "text/markdown; charset=utf-8",
      "index.md": "text/markdown; charset=utf-8",
      "llms.txt": "text/plain; charset=utf-8",
      "openapi.json": "application/json",
      "mavera_errors.py": "text/x-python; charset=utf-8",
      "site.css": "text/css; charset=utf-8",
      "search.json": "application/json",
      "redoc.js": "text/javascript; charset=utf-8",
    };
    for (const [path, type] of Object.entries(types)) {
      const response = await get(path);
      expect([path, response.status, response.headers.get("content-type")]).toEqual([
        path,
        200,
        type,
      ]);
    }
  });

  it("prefer HTML where both are taken alike by nobody's wish, and Markdown by name", async () => {
    const typeFor = async (accept: string) =>
      (await fetch(new URL("errors", root), { headers: { accept } })).headers.get("content-type");
    expect(await typeFor("*/*")).toContain("text/html");
    expect(await typeFor("text/html, text/markdown;q=0.9")).toContain("text/html");
    expect(await typeFor("text/html;q=0.5, text/markdown")).toContain("text/markdown");
    expect(await typeFor("text/markdown;q=0, */*")).toContain("text/html");
  });

  it("are not sent again to whoever has them, compressed or not", async () => {
    for (const encoding of ["gzip", "identity"]) {
      const first = await get("errors/", { "accept-encoding": encoding });
      const tag = first.headers.get("etag") ?? "";
      expect(first.headers.get("cache-control")).toBe("public, max-age=300");
      const again = await get("errors/", {
        "accept-encoding": encoding,
        "if-none-match": `"x", W/${tag}`,
      });
      expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, tag, ""]);
      expect((await get("errors/", { "if-none-match": '"other"' })).status).toBe(200);
    }
    const plain = await get("errors/", { "accept-encoding": "gzip;q=0" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const zipped = await get("errors/", { "accept-encoding": "br, gzip" });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(zipped.headers.get("etag")).not.toBe(plain.headers.get("etag"));
    expect(await zipped.text()).toBe(await plain.text());
  });

  it("have a page for what is not there, and a line for programs", async () => {
    for (const path of [
      "errors/nothing",
      "../docs/%2e%2e%2fx",
      "errors/invalid_model/x",
      "x".repeat(500),
    ]) {
      const page = await get(path, { accept: browser });
      expect([path, page.status, page.headers.get("cache-control")]).toEqual([
        path,
        404,
        "no-store",
      ]);
      const html = await page.text();
      expect(html).toContain("There is no such page");
      expect(html).toContain('href="/mavera/docs/site.css"');
      const line = await get(path);
      expect([line.status, line.headers.get("content-type")]).toEqual([
        404,
        "text/plain; charset=utf-8",
      ]);
    }
  });

  it("let a viewer style what it draws on the page of the OpenAPI document, and on no other", async () => {
    const pages = [
      "",
      "errors/",
      "errors/invalid_model/",
      "search/",
      "errors/nothing",
      "reference/",
    ];
    for (const path of pages) {
      const response = await get(path, { accept: browser });
      const header = response.headers.get("content-security-policy") ?? "";
      const [, meta = ""] =
        /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(await response.text()) ?? [];
      expect(header).toBe(`${meta}; frame-ancestors 'none'`);
      const loose = path === "reference/" ? ["'unsafe-inline'"] : [];
      expect([path, header.match(/'unsafe-[^']+'/g) ?? []]).toEqual([path, loose]);
      expect(header).toContain("script-src 'self';");
      expect(header).toContain("connect-src 'self';");
    }
  });

  it("are there to be read only, and HEAD says the same without the text", async () => {
    const written = await get("errors/", {}, "POST");
    expect([written.status, written.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const head = await get("errors/", {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("etag")).toBe((await get("errors/")).headers.get("etag"));
  });

  it("answer nothing beside their own path", async () => {
    expect((await get("/mavera/documents")).status).toBe(404);
    expect(await (await get("/mavera/docsx", { accept: browser })).text()).toBe("{}\n");
  });
});
