// Rules 4 and 5 on planted violations, and on what they must let pass.

import { describe, expect, it } from "vitest";
import { dependsOnMore, importsMore } from "./dependencies.ts";
import { entryFiles, manifest } from "./entries.ts";
import {
  hasLongFunctions,
  isNamedAfterNothing,
  isTooLong,
  isTooWide,
  isUnused,
  opensWithoutComment,
} from "./shape.ts";
import { source } from "./source.ts";

const src = "packages/sluice/src";
const at = (path: string, text = "") => [source(path, text)];
const lines = (count: number) => "call();\n".repeat(count);

describe("the length of a file", () => {
  it("is 300 lines at most", () => {
    expect(isTooLong(at("demo/src/main.ts", lines(300)))).toEqual([]);
    expect(isTooLong(at("demo/src/main.ts", lines(301)))).toEqual([
      "demo/src/main.ts:301 has 301 lines: split it, 300 are the most",
    ]);
  });
});

describe("the length of a function", () => {
  const body = (count: number) => `{\n${lines(count)}}`;
  it.each([
    (text: string) => `function run() ${text}`,
    (text: string) => `const run = async () => ${text}`,
    (text: string) => `class Gate { run() ${text} }`,
    (text: string) => `const gate = { run() ${text} }`,
  ])("is 70 lines at most, in form %#", (form) => {
    expect(hasLongFunctions(at("demo/src/main.ts", form(body(68))))).toEqual([]);
    expect(hasLongFunctions(at("demo/src/main.ts", form(body(69))))).toHaveLength(1);
  });

  it("does not count what groups tests, but the tests in it", () => {
    const path = "demo/test/main.test.ts";
    for (const group of [`describe("a", `, `describe.each([1])("a", `, "describe.each`x`('a', "]) {
      expect(hasLongFunctions(at(path, `${group}() => ${body(99)});`))).toEqual([]);
    }
    expect(hasLongFunctions(at(path, `it("a", () => ${body(99)});`))).toHaveLength(1);
  });
});

describe("the width of a line", () => {
  it("is 100 columns for code and 130 for comments", () => {
    const path = "demo/src/main.ts";
    expect(isTooWide(at(path, `call(${"a".repeat(93)});`))).toEqual([]);
    expect(isTooWide(at(path, `\ncall(${"a".repeat(94)});`))).toEqual([
      "demo/src/main.ts:2 101 columns: break the line, 100 fit",
    ]);
    expect(isTooWide(at(path, `// ${"a".repeat(127)}`))).toEqual([]);
    expect(isTooWide(at(path, `// ${"a".repeat(128)}`))).toHaveLength(1);
    expect(isTooWide(at(path, `/**\n * ${"a".repeat(128)}\n */`))).toHaveLength(1);
  });

  it("is let be where nothing can break it", () => {
    const wide = "a".repeat(120);
    expect(isTooWide(at("a.ts", `const text = "${wide}";`))).toEqual([]);
    expect(isTooWide(at("a.ts", `it("${"a".repeat(80)}", async () => { call(); })`))).toEqual([]);
    expect(isTooWide(at("a.ts", `const text = \`\n${wide}\n\`;`))).toEqual([]);
    expect(isTooWide(at("a.ts", `// https://example.com/${wide}`))).toEqual([]);
  });
});

describe("a name", () => {
  it.each(["utils.ts", "helpers/a.ts", "common.ts", "misc.test.ts", "types.ts", "util/a.ts"])(
    "says something: not %s",
    (path) => expect(isNamedAfterNothing(at(`${src}/gate/${path}`))).toHaveLength(1),
  );

  it("may contain such a word", () => {
    expect(isNamedAfterNothing(at(`${src}/contract/media-types.ts`))).toEqual([]);
  });
});

describe("the opening of a source", () => {
  it.each(["", "export const a = 1;", "//\nexport const a = 1;", "// a\nexport const a = 1;"])(
    "is a comment: not %j",
    (text) => expect(opensWithoutComment(at("demo/src/main.ts", text))).toHaveLength(1),
  );

  it.each(["// Starts the demo.\n", "/** Starts the demo. */", "/**\n * Starts the demo.\n */"])(
    "may be %j",
    (text) => {
      expect(opensWithoutComment(at("demo/src/main.ts", text))).toEqual([]);
      expect(opensWithoutComment(at("demo/src/main.ts", `#!/usr/bin/env node\n${text}`))).toEqual(
        [],
      );
    },
  );
});

describe("a source that nothing uses", () => {
  const unused = source(`${src}/gate/lonely.ts`, "");
  const by = (path: string, text: string) =>
    isUnused([unused, source(path, text)], new Set([path]));

  it("is found, also when only a test imports it", () => {
    expect(isUnused([unused], new Set())).toEqual([
      `${src}/gate/lonely.ts:1 is used by nothing: import it, or delete it`,
    ]);
    const test = "packages/sluice/test/lonely.test.ts";
    expect(by(test, `import "../src/gate/lonely.ts";`)).toHaveLength(1);
  });

  it("is not one that is imported, loaded by a name, or an entry", () => {
    expect(by(`${src}/gate/index.ts`, `export { a } from "./lonely.ts";`)).toEqual([]);
    expect(by(`${src}/gate/index.ts`, `new Worker(new URL("./lonely.ts", at));`)).toEqual([]);
    expect(by(`${src}/gate/index.ts`, `const programs = ["lonely.ts"];`)).toEqual([]);
    expect(isUnused([unused], new Set([`${src}/gate/lonely.ts`]))).toEqual([]);
  });

  it("is one that is named by another package only", () => {
    expect(by("demo/src/main.ts", `const programs = ["lonely.ts"];`)).toHaveLength(1);
  });

  it("is not one for tests that a test imports", () => {
    const fixture = source("demo/test/fixture.ts", "");
    const test = source("demo/test/main.test.ts", `import "./fixture.ts";`);
    expect(isUnused([fixture], new Set())).toHaveLength(1);
    expect(isUnused([fixture, test], new Set())).toEqual([]);
  });
});

describe("entries", () => {
  it("are what a package exports, runs or starts", () => {
    const text = JSON.stringify({
      exports: { ".": { "sluice-source": "./src/index.ts", default: "./dist/index.js" } },
      bin: { sluice: "./src/main.ts" },
      scripts: { start: "node --conditions=sluice-source src/start.ts --port 1" },
    });
    expect([...entryFiles([manifest("packages/gateway/package.json", text)])]).toEqual([
      "packages/gateway/src/index.ts",
      "packages/gateway/src/main.ts",
      "packages/gateway/src/start.ts",
    ]);
  });
});

describe("the library's dependencies", () => {
  it("are on the list, and pinned by a caret", () => {
    expect(dependsOnMore({ dependencies: { "structured-headers": "^2.1.0" } })).toEqual([]);
    expect(dependsOnMore({ dependencies: { "structured-headers": "*" } })).toHaveLength(1);
    expect(dependsOnMore({ dependencies: { lodash: "^4.0.0" } })).toHaveLength(1);
    expect(dependsOnMore({ peerDependencies: { zod: "^4.0.0" } })).toHaveLength(1);
    expect(dependsOnMore({ optionalDependencies: { pg: "^8.0.0" } })).toHaveLength(1);
  });

  it("are all that its sources import", () => {
    const importing = (specifier: string) =>
      importsMore(at(`${src}/gate/gate.ts`, `import type { A } from "${specifier}";`));
    for (const specifier of ["zod", "zod/v4", "@scope/tool", "vitest"]) {
      expect(importing(specifier)).toHaveLength(1);
    }
    for (const specifier of ["./a.ts", "@standard-schema/spec", "structured-headers", "node:fs"]) {
      expect(importing(specifier)).toEqual([]);
    }
  });
});
