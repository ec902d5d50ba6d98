// The viewer of the OpenAPI document: its maker's script, but for what it would ask of its maker's servers.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { viewerFromPackage, viewerScript } from "../../src/docs/viewer.ts";

const { resolve } = createRequire(new URL("../../src/docs/viewer.ts", import.meta.url));
const original = readFileSync(resolve("redoc/bundles/redoc.standalone.js"), "utf8");

/** Links are asked for by readers only; what a script asks for by itself is of these. */
const askedByItself = /https:\/\/(?:[\w-]+\.)*(?:cdn|otel|telemetry|api|analytics)[\w.-]*\.[a-z]+/g;

describe("the viewer", () => {
  it("asks no server of its maker's, and would", () => {
    const hosts = new Set(original.match(askedByItself));
    expect([...hosts].toSorted()).toEqual([
      "https://cdn.redoc.ly",
      "https://cdn.redocly.com",
      "https://otel.cloud.redocly.com",
    ]);
    expect(viewerScript().match(askedByItself)).toBeNull();
  });

  it("says what it is, and under which terms", () => {
    const text = viewerFromPackage();
    expect(text).toMatch(/^\/\*!\nRedoc 3\.\d+\.\d+\. Changed: [^\n]+\n\n(?:The )?MIT License/);
    expect(text).toContain("export{");
  });
});
