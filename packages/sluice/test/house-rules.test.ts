// The house rules, held against the repository. Each rule is a pure function of its own file in
// `house-rules/`, with a test there that plants what it forbids.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as bans from "./house-rules/bans.ts";
import * as dependencies from "./house-rules/dependencies.ts";
import * as entries from "./house-rules/entries.ts";
import * as excerpts from "./house-rules/excerpts.ts";
import * as imports from "./house-rules/imports.ts";
import * as shape from "./house-rules/shape.ts";
import { listFiles, readSources } from "./house-rules/source.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = readSources(root);
const manifests = listFiles(root, "")
  .filter((path) => /(^|\/)package\.json$/.test(path))
  .map((path) => entries.manifest(path, readFileSync(join(root, path), "utf8")));
/** Where pages of browsers begin. */
const pages = listFiles(root, "")
  .filter((path) => path.endsWith(".html") && !path.includes("/test/"))
  .map((path) => ({
    folder: dirname(path),
    content: { scripts: { page: readFileSync(join(root, path), "utf8") } },
  }));
const ci = {
  folder: "",
  content: { scripts: { ci: readFileSync(join(root, ".ci/run"), "utf8") } },
};
const libraryManifest = manifests.find(({ folder }) => folder === "packages/sluice")?.content ?? {};

describe("the house rules", () => {
  it("are held against the whole repository", () => {
    expect(existsSync(join(root, "package.json"))).toBe(true);
    expect(files.some(({ path }) => path === "packages/sluice/src/base/index.ts")).toBe(true);
  });

  it("let imports follow the arrows only: base, contract, then gate, client, reference", () => {
    expect(imports.breaksArrows(files)).toEqual([]);
  });

  it("let folders of the library meet at their index only", () => {
    expect(imports.reachesPastIndex(files)).toEqual([]);
  });

  it("let no files import each other in a circle", () => {
    expect(imports.importsInCircles(files)).toEqual([]);
  });

  it("let packages use each other by their public entries only", () => {
    expect(imports.bypassesEntries(files, entries.publicEntries(libraryManifest))).toEqual([]);
  });

  it("let no source import a test", () => {
    expect(imports.importsTests(files)).toEqual([]);
  });

  it("keep Node's modules and globals to engine stores, the Node adapter and programs", () => {
    expect(bans.needsNode(files)).toEqual([]);
  });

  it("let time, timers and chance come from base only", () => {
    expect(bans.takesTimeOrChance(files)).toEqual([]);
  });

  it("ban `as any` and `export *`", () => {
    expect(bans.hidesTypes(files)).toEqual([]);
  });

  it("ban comments that silence a tool without a reason or leave work behind", () => {
    expect(bans.leavesWork(files)).toEqual([]);
  });

  it("let every test run", () => {
    expect(bans.switchesTestsOff(files)).toEqual([]);
  });

  it("keep files to 300 lines", () => {
    expect(shape.isTooLong(files)).toEqual([]);
  });

  it("keep functions to 70 lines", () => {
    expect(shape.hasLongFunctions(files)).toEqual([]);
  });

  it("keep code to 100 columns and comments to 130", () => {
    expect(shape.isTooWide(files)).toEqual([]);
  });

  it("name no file after nothing", () => {
    expect(shape.isNamedAfterNothing(files)).toEqual([]);
  });

  it("let every source open with what it is for", () => {
    expect(shape.opensWithoutComment(files)).toEqual([]);
  });

  it("let no source lie unused", () => {
    expect(shape.isUnused(files, entries.entryFiles([...manifests, ...pages, ci]))).toEqual([]);
  });

  it("let the library depend on what is on the list only", () => {
    expect(dependencies.dependsOnMore(libraryManifest)).toEqual([]);
    expect(dependencies.importsMore(files)).toEqual([]);
  });

  it("let documents show of files only what stands in them", () => {
    const documents = listFiles(root, "")
      .filter((path) => path.endsWith(".md"))
      .map((path) => ({
        path,
        text: readFileSync(join(root, path), "utf8"),
        isStrict: ["docs/clients.md", "docs/frameworks.md"].includes(path),
      }));
    const read = (path: string) =>
      existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
    expect(excerpts.showsWhatIsNowhere(documents, read)).toEqual([]);
  });
});
