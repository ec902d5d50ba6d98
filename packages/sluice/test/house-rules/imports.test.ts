// Rule 1 on planted violations, and on what it must let pass.

import { describe, expect, it } from "vitest";
import { manifest, publicEntries } from "./entries.ts";
import {
  breaksArrows,
  bypassesEntries,
  importsInCircles,
  importsTests,
  reachesPastIndex,
} from "./imports.ts";
import { type Source, source } from "./source.ts";

const src = "packages/sluice/src";
const importing = (from: string, ...specifiers: string[]): Source =>
  source(from, specifiers.map((specifier) => `import "${specifier}";\n`).join(""));
const inLibrary = (from: string, ...specifiers: string[]) =>
  importing(`${src}/${from}`, ...specifiers);

describe("the arrows", () => {
  it.each([
    ["base/clock.ts", "../contract/index.ts"],
    ["contract/wire.ts", "../gate/index.ts"],
    ["gate/gate.ts", "../client/index.ts"],
    ["client/client.ts", "../gate/index.ts"],
    ["client/client.ts", "../gate/stores.ts"],
    ["reference/pages.ts", "../gate/index.ts"],
    ["gate/gate.ts", "../store/memory/index.ts"],
    ["store/memory/index.ts", "../../gate/index.ts"],
    ["store/memory/index.ts", "../../gate/admit.ts"],
    ["adapter/fetch.ts", "../store/memory/index.ts"],
    ["gate/gate.ts", "../sim/index.ts"],
    ["novel/index.ts", "../base/index.ts"],
  ])("do not let %s import %s", (from, specifier) => {
    const found = breaksArrows([inLibrary(from, specifier)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${src}/${from}:1 `);
  });

  it.each([
    ["base/world.ts", "./clock.ts"],
    ["contract/wire.ts", "../base/index.ts"],
    ["gate/gate.ts", "../contract/index.ts"],
    ["store/memory/limits.ts", "../../gate/stores.ts"],
    ["store/memory/limits.ts", "../../base/index.ts"],
    ["adapter/fetch.ts", "../gate/index.ts"],
    ["adapter/fetch.ts", "./shared.ts"],
    ["sim/world.ts", "../store/memory/index.ts"],
    ["gate/gate.ts", "structured-headers"],
  ])("let %s import %s", (from, specifier) => {
    expect(breaksArrows([inLibrary(from, specifier)])).toEqual([]);
  });

  it.each([
    `export { a } from "../gate/index.ts";`,
    `const gate = await import("../gate/index.ts");`,
    `type Gate = import("../gate/index.ts").Gate;`,
    `import type { Gate } from "../gate/index.ts";`,
  ])("hold for every way to import: %s", (text) => {
    expect(breaksArrows([source(`${src}/client/client.ts`, text)])).toHaveLength(1);
  });

  it("name the line, what may be imported, and hold for strings in no other place", () => {
    const text = `// says "../gate/index.ts"\nconst text = 'import "../gate/index.ts"';\n`;
    expect(breaksArrows([source(`${src}/client/a.ts`, text)])).toEqual([]);
    const file = source(`${src}/client/a.ts`, `\n\nimport "../gate/index.ts";`);
    expect(breaksArrows([file])).toEqual([
      `${src}/client/a.ts:3 client/a.ts imports ${src}/gate/index.ts: client may import base, contract`,
    ]);
  });
});

describe("folders of the library", () => {
  it.each([
    ["gate/gate.ts", "../contract/wire.ts"],
    ["store/memory/index.ts", "../../base/clock.ts"],
    ["store/conformance/index.ts", "../memory/limits.ts"],
    ["contract/index.ts", "../gate/stores.js"],
  ])("do not let %s reach for %s", (from, specifier) => {
    const found = reachesPastIndex([inLibrary(from, specifier)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("index.ts instead");
  });

  it.each([
    ["gate/gate.ts", "../contract/index.ts"],
    ["gate/gate.ts", "./steps/admit.ts"],
    ["store/memory/index.ts", "../../gate/stores.ts"],
    ["store/memory/index.ts", "../batcher.ts"],
    ["store/conformance/index.ts", "../memory/index.ts"],
  ])("let %s import %s", (from, specifier) => {
    expect(reachesPastIndex([inLibrary(from, specifier)])).toEqual([]);
  });
});

describe("circles", () => {
  it("are found, of one file, two and three, each once", () => {
    const files = [
      inLibrary("base/self.ts", "./self.ts"),
      inLibrary("base/one.ts", "./two.ts"),
      inLibrary("base/two.ts", "./one.ts"),
      inLibrary("gate/a.ts", "./b.ts"),
      inLibrary("gate/b.ts", "./c.ts"),
      inLibrary("gate/c.ts", "./a.ts"),
    ];
    expect(importsInCircles(files)).toHaveLength(3);
    expect(importsInCircles(files)[2]).toContain(
      `${src}/gate/a.ts → ${src}/gate/b.ts → ${src}/gate/c.ts → ${src}/gate/a.ts`,
    );
  });

  it("are not two ways to one file", () => {
    const files = [
      inLibrary("gate/a.ts", "./b.ts", "./c.ts"),
      inLibrary("gate/b.ts", "./d.ts"),
      inLibrary("gate/c.ts", "./d.ts"),
      inLibrary("gate/d.ts"),
    ];
    expect(importsInCircles(files)).toEqual([]);
  });
});

describe("public entries", () => {
  const entries = publicEntries(
    manifest("package.json", '{"name":"sluice","exports":{".":"a","./gate":{"default":"b"}}}')
      .content,
  );

  it.each([
    ["demo/src/main.ts", "sluice/gate/steps", "the public entries are sluice, sluice/gate"],
    ["demo/src/main.ts", "../../packages/sluice/src/gate/index.ts", "by its name"],
    ["demo/src/main.ts", "../../apis/mentova/index.ts", "by its name"],
    ["apis/mentova/index.ts", "../mavera/index.ts", "by its name"],
    ["bench/src/gate.ts", "../../packages/sluice/src/base/index.ts", "by its name"],
    ["packages/gateway/src/main.ts", "../../sluice/src/gate/index.ts", "by its name"],
    [`${src}/gate/gate.ts`, "sluice", "by relative path"],
  ])("are the only way from %s, not %s", (from, specifier, message) => {
    const found = bypassesEntries([importing(from, specifier)], entries);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it.each([
    ["demo/src/main.ts", "sluice"],
    ["demo/src/main.ts", "sluice/gate"],
    ["demo/src/main.ts", "./server.ts"],
    ["demo/test/main.test.ts", "../src/main.ts"],
    ["packages/sluice/test/gate/gate.test.ts", "../../src/gate/gate.ts"],
    ["vitest.config.ts", "./tools/vitest-base.ts"],
    ["packages/console/test/fixtures/demo.ts", "../../../../tools/build-console.ts"],
    ["demo/src/main.ts", "sluiced"],
  ])("let %s import %s", (from, specifier) => {
    expect(bypassesEntries([importing(from, specifier)], entries)).toEqual([]);
  });
});

describe("tests", () => {
  it("are imported by tests only", () => {
    const file = "../test/fixtures.ts";
    expect(importsTests([importing("demo/src/main.ts", file)])).toHaveLength(1);
    expect(importsTests([importing("demo/test/main.test.ts", "./fixtures.ts")])).toEqual([]);
  });
});
