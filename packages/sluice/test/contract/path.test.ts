// Paths: the match of a method and a path to an operation, and the promise that an upstream reads the same path.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fillPattern,
  type PathPattern,
  parsePattern,
  type Route,
  Router,
} from "../../src/contract/index.ts";
import { shapeOf } from "../../src/contract/path.ts";

function pattern(text: string): PathPattern {
  const parsed = parsePattern(text);
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

/** Routes are named by what they are: `GET /items`. */
function routerOf(...routes: readonly string[]): Router {
  return new Router(
    routes.map((operation): Route => {
      const [method = "", path = ""] = operation.split(" ");
      return { operation, method, pattern: pattern(path) };
    }),
  );
}

const router = routerOf(
  "GET /",
  "GET /items",
  "POST /items",
  "GET /items/{itemId}",
  "DELETE /items/{itemId}",
  "GET /items/latest",
  "GET /items/{itemId}/parts/{partId}",
  "GET /items/latest/summary",
  "PUT /settings",
);

function matched(method: string, path: string) {
  const found = router.match(method, path);
  return found.kind === "operation" ? [found.route.operation, ...found.rawParams] : found;
}

const NOTHING = { kind: "nothing" };
/** What may stand in a segment (RFC 3986 §3.3). */
const plain = fc.constantFrom(..."abcXYZ019-._~!$&'()*+,;=:@|[]", "%20", "%2F", "%C3%A9", "%2e");
const segments = fc
  .string({ unit: plain, minLength: 1, maxLength: 12 })
  // Neither dots alone, nor dots that show once somebody decodes the segment or cuts off its parameters.
  .filter((segment) => {
    const pieces = decodeURIComponent(segment).split("/");
    return !pieces.some((piece) => /^\.{1,2}(;.*)?$/s.test(piece));
  });

describe("a path", () => {
  it.each([
    ["GET", "/", ["GET /"]],
    ["GET", "/items", ["GET /items"]],
    ["POST", "/items", ["POST /items"]],
    ["GET", "/items/7", ["GET /items/{itemId}", "7"]],
    ["DELETE", "/items/7", ["DELETE /items/{itemId}", "7"]],
    ["GET", "/items/7/parts/x%20y", ["GET /items/{itemId}/parts/{partId}", "7", "x%20y"]],
  ])("leads to its operation, with raw parameters: %s %s", (method, path, expected) => {
    expect(matched(method, path)).toEqual(expected);
  });

  it("prefers a word to a parameter, and returns to the parameter where the word leads nowhere", () => {
    expect(matched("GET", "/items/latest")).toEqual(["GET /items/latest"]);
    expect(matched("GET", "/items/latest/summary")).toEqual(["GET /items/latest/summary"]);
    expect(matched("GET", "/items/latest/parts/2")).toEqual([
      "GET /items/{itemId}/parts/{partId}",
      "latest",
      "2",
    ]);
  });

  it("answers HEAD as GET, and only where there is a GET", () => {
    expect(matched("HEAD", "/items")).toEqual(["GET /items"]);
    expect(matched("HEAD", "/settings")).toEqual({ kind: "wrong_method", allowed: ["PUT"] });
  });

  it.each([
    ["PATCH", "/items", ["GET", "POST", "HEAD"]],
    ["PUT", "/items/7", ["GET", "DELETE", "HEAD"]],
    ["GET", "/settings", ["PUT"]],
    ["get", "/items", ["GET", "POST", "HEAD"]],
    ["", "/items", ["GET", "POST", "HEAD"]],
    ["constructor", "/items", ["GET", "POST", "HEAD"]],
  ])("knows which methods it allows: %s %s", (method, path, allowed) => {
    expect(matched(method, path)).toEqual({ kind: "wrong_method", allowed });
  });

  it.each([
    "",
    "items",
    "*",
    "http://acme.dev/items",
    "//items",
    "/items/",
    "/items//parts/2",
    "/item",
    "/Items",
    "/items/7/parts",
    "/items/7/parts/2/3",
    "/constructor",
    "/__proto__",
  ])("leads nowhere if it is none of the declared: %s", (path) => {
    expect(matched("GET", path)).toEqual(NOTHING);
  });

  it.each([".", "..", "%2e", "%2E%2e", ".%2E", "%2e."])(
    "leads nowhere with a dot segment, which an upstream would resolve: %s",
    (dots) => {
      expect(matched("GET", `/items/${dots}`)).toEqual(NOTHING);
      expect(matched("GET", `/items/${dots}/parts/2`)).toEqual(NOTHING);
      expect(matched("GET", `/items/7/parts/${dots}`)).toEqual(NOTHING);
    },
  );

  it.each(["..%2Fadmin", "%2e%2e%2fadmin", "a%5c..", "a%2F.%2Fb", "..;", "..;x=1", "%2E%2e%3Bx"])(
    "leads nowhere with a dot segment that shows only once it is decoded or cut: %s",
    (dots) => expect(matched("GET", `/items/${dots}`)).toEqual(NOTHING),
  );

  it.each(["...", "%2e%2e%2e", ".a", "a..", "%252e%252e"])(
    "may have dots in a longer segment: %s",
    (dots) => {
      expect(matched("GET", `/items/${dots}`)).toEqual(["GET /items/{itemId}", dots]);
    },
  );

  it.each([...' \t\n\r\0\u007fé\u2028"#<>?\\^`{}'])(
    "leads nowhere with a character that an upstream would read otherwise: %j",
    (odd) => {
      expect(matched("GET", `/items/a${odd}b`)).toEqual(NOTHING);
      expect(matched("GET", `/items${odd}`)).toEqual(NOTHING);
    },
  );

  it("leads nowhere once it is longer than any API's", () => {
    const longest = `/items/${"a".repeat(2_048 - "/items/".length)}`;
    expect(matched("GET", longest)).toEqual(["GET /items/{itemId}", longest.slice(7)]);
    expect(matched("GET", `${longest}a`)).toEqual(NOTHING);
    expect(matched("GET", "/a".repeat(1_000_000))).toEqual(NOTHING);
  });
});

describe("any path at all", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(...'/abitems.%2eE{}\\?#"<>^` \t\n', "/items/", "/parts/") }),
  );

  it("is matched without a throw", () => {
    const methods = fc.oneof(fc.constantFrom("GET", "HEAD", "POST"), fc.string());
    fc.assert(
      fc.property(methods, texts, (method, text) => {
        expect(["operation", "wrong_method", "nothing"]).toContain(router.match(method, text).kind);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is seen unchanged by an upstream if it matches", () => {
    const characters = fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code));
    const odd = fc.string({ unit: fc.oneof(plain, characters), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(texts, odd), odd, (one, other) => {
        for (const path of [`/${one}`, `/items/${one}`, `/items/${one}/parts/${other}`]) {
          if (router.match("GET", path).kind === "nothing") continue;
          expect(new URL(path, "http://upstream").pathname).toBe(path);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("is seen unchanged by an upstream if it matches, character by character", () => {
    for (let code = 0; code < 0x180; code++) {
      const path = `/items/a${String.fromCharCode(code)}b`;
      if (router.match("GET", path).kind === "nothing") continue;
      expect(new URL(path, "http://upstream").pathname).toBe(path);
    }
  });
});

describe("a rest", () => {
  const files = routerOf(
    "GET /files/{path*}",
    "GET /files/{name}/info",
    "GET /files/latest",
    "PUT /{any*}",
  );
  const at = (method: string, path: string) => {
    const found = files.match(method, path);
    return found.kind === "operation" ? [found.route.operation, ...found.rawParams] : found;
  };

  it.each([
    ["/files", ""],
    ["/files/", ""],
    ["/files/a", "a"],
    ["/files/a/b/c.txt", "a/b/c.txt"],
    ["/files/a/b/", "a/b/"],
    ["/files/a%20b/~c", "a%20b/~c"],
    ["/files/latest/x", "latest/x"],
  ])("stands for any number of segments: %s", (path, rest) => {
    expect(at("GET", path)).toEqual(["GET /files/{path*}", rest]);
  });

  it("gives way to words and to parameters", () => {
    expect(at("GET", "/files/latest")).toEqual(["GET /files/latest"]);
    expect(at("GET", "/files/a/info")).toEqual(["GET /files/{name}/info", "a"]);
  });

  it("knows its methods, and stands at the root", () => {
    expect(at("POST", "/files/a")).toEqual({ kind: "wrong_method", allowed: ["GET", "HEAD"] });
    expect(at("PUT", "/")).toEqual(["PUT /{any*}", ""]);
    expect(at("PUT", "/x/y")).toEqual(["PUT /{any*}", "x/y"]);
    expect(at("PUT", "/files/latest")).toEqual(["PUT /{any*}", "files/latest"]);
    expect(at("HEAD", "/files/latest")).toEqual(["GET /files/latest"]);
  });

  it.each([
    "/files/a//b",
    "/files//a",
    "/files/../admin",
    "/files/a/%2e%2e/b",
    "/files/a/..;/b",
    "/files/a%2fb",
    "/files/a%5Cb",
    "/files/a/b?",
    "/files/a b",
  ])("holds no path that an upstream would read otherwise: %s", (path) => {
    expect(at("GET", path)).toEqual(NOTHING);
  });

  it.each(["/{a*}/b", "/{a*}/{b*}", "/x{a*}", "/{a**}", "/{*}"])(
    "can only come last: %s",
    (text) => {
      expect(typeof parsePattern(text)).toBe("string");
    },
  );
});

describe("a pattern", () => {
  const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/);
  const words = fc
    .stringMatching(/^[A-Za-z0-9._~-]{1,6}$/)
    .filter((word) => word !== "." && word !== "..");
  const parts = fc.uniqueArray(
    fc.oneof(
      words.map((word) => ({ text: word, name: undefined })),
      names.map((name) => ({ text: `{${name}}`, name })),
    ),
    { minLength: 1, maxLength: 6, selector: ({ text }) => text },
  );

  it("matches every path that is built from it, with the parameters as they were put in", () => {
    fc.assert(
      fc.property(parts, fc.array(segments, { minLength: 6, maxLength: 6 }), (pieces, values) => {
        const text = `/${pieces.map((piece) => piece.text).join("/")}`;
        const params = pieces.flatMap(({ name }) => name ?? []);
        const raw = values.slice(0, params.length);
        const path = fillPattern(pattern(text), raw);
        const found = routerOf(`GET ${text}`).match("GET", path);
        expect(pattern(text).params).toEqual(params);
        expect(found).toMatchObject({ kind: "operation", rawParams: raw });
        expect(new URL(path, "http://upstream").pathname).toBe(path);
      }),
      { numRuns: 500 },
    );
  });

  it("has the shape of another that matches the same paths", () => {
    expect(shapeOf(pattern("/a/{b}/c"))).toBe(shapeOf(pattern("/a/{other}/c")));
    expect(shapeOf(pattern("/a/{b}/c"))).not.toBe(shapeOf(pattern("/a/b/c")));
    expect(shapeOf(pattern("/"))).not.toBe(shapeOf(pattern("/{a}")));
  });
});
