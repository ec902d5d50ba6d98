// Rules 2 and 3 on planted violations, and on what they must let pass.

import { describe, expect, it } from "vitest";
import { hidesTypes, leavesWork, needsNode, switchesTestsOff, takesTimeOrChance } from "./bans.ts";
import { source } from "./source.ts";

const src = "packages/sluice/src";
const gate = (text: string) => [source(`${src}/gate/gate.ts`, text)];

describe("Node's modules and globals", () => {
  const needy = [
    `import { readFileSync } from "node:fs";`,
    `const fs = await import("node:fs");`,
    `const level = process.env.LEVEL;`,
    `const level = globalThis.process.env;`,
    `const text = Buffer.from("a");`,
    `function send(body: Buffer): void {}`,
    `const settings = { process };`,
  ];

  it.each(needy)("are not for the library: %s", (text) => {
    const found = needsNode(gate(text));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(`${src}/gate/gate.ts:1 `);
  });

  it.each([
    `${src}/store/memory/index.ts`,
    `${src}/store/conformance/index.ts`,
    `${src}/adapter/fetch.ts`,
    "apis/mentova/contract/wire.ts",
  ])("are not for %s either", (path) => {
    for (const text of needy) expect(needsNode([source(path, text)])).not.toEqual([]);
  });

  it.each([
    `${src}/store/sqlite/index.ts`,
    `${src}/adapter/node.ts`,
    `${src}/adapter/node-body.ts`,
    "demo/src/main.ts",
    "packages/gateway/src/main.ts",
    "packages/sluice/test/gate/gate.test.ts",
  ])("are for %s", (path) => {
    for (const text of needy) expect(needsNode([source(path, text)])).toEqual([]);
  });

  it.each([
    `const state = { process: 1 };`,
    `state.process();`,
    `interface State { process: number }`,
    `class Queue { process(): void {} }`,
    `// process and Buffer`,
    `const text = "process";`,
  ])("are not meant by their names as labels: %s", (text) => {
    expect(needsNode(gate(text))).toEqual([]);
  });
});

describe("time and chance", () => {
  const takers = [
    "const now = Date.now();",
    "const read = Date.now;",
    "const now = Date['now']();",
    "const now = globalThis.Date.now();",
    "const now = new Date();",
    "const now = Date();",
    "const now = performance.now();",
    "const die = Math.random();",
    "const id = crypto.randomUUID();",
    "const id = globalThis.crypto.randomUUID();",
    "crypto.getRandomValues(block);",
    "const signal = AbortSignal.timeout(5);",
    `import { randomUUID } from "node:crypto"; const id = randomUUID();`,
  ];
  const timers = [
    "setTimeout(run, 5);",
    "globalThis.setTimeout(run, 5);",
    "setInterval(run, 5);",
    "setImmediate(run);",
    "const later = setTimeout;",
  ];

  it.each([...takers, ...timers, `import "node:timers/promises";`])(
    "come from base: %s",
    (text) => {
      const found = takesTimeOrChance(gate(text));
      expect(found.length).toBeGreaterThan(0);
      expect(found[0]).toMatch(/gate\.ts:1 .*: take a (Clock|Random)|createRequestIds/);
    },
  );

  it.each(["apis/mentova/upstream/index.ts", "apis/mentova/contract/wire.ts"])(
    "are handed to %s too",
    (path) => {
      for (const text of takers) expect(takesTimeOrChance([source(path, text)])).not.toEqual([]);
    },
  );

  it("are taken from the machine in base and in programs, timers also in the Node adapter", () => {
    for (const text of [...takers, ...timers]) {
      expect(takesTimeOrChance([source(`${src}/base/clock.ts`, text)])).toEqual([]);
      expect(takesTimeOrChance([source("demo/src/main.ts", text)])).toEqual([]);
    }
    for (const text of timers) {
      expect(takesTimeOrChance([source(`${src}/adapter/node.ts`, text)])).toEqual([]);
    }
    expect(takesTimeOrChance([source(`${src}/adapter/node.ts`, takers[0] ?? "")])).toHaveLength(1);
  });

  it.each([
    "const date = new Date(ms).toISOString();",
    "const ms = Date.UTC(2026, 0, 1);",
    "clock.setTimeout(1);",
    "const names = { setTimeout: 1 };",
    "// Date.now() and Math.random()",
    `const text = "Date.now()";`,
    "const now = clock.now();",
    "const most = Math.max(1, 2);",
  ])("are not taken by %s", (text) => {
    expect(takesTimeOrChance(gate(text))).toEqual([]);
  });
});

describe("ways around the types", () => {
  it.each(["const a = b as any;", "const a = <any>b;", `export * from "./wire.ts";`])(
    "are banned: %s",
    (text) => expect(hidesTypes([source("demo/src/main.ts", `\n${text}`)])).toHaveLength(1),
  );

  it.each([
    "const a = b as unknown;",
    "// as any",
    "const any = 1;",
    `export { a } from "./a.ts";`,
  ])("are not seen in %s", (text) =>
    expect(hidesTypes([source("demo/src/main.ts", text)])).toEqual([]),
  );
});

describe("comments", () => {
  // Put together, so that this file does not hold what it plants.
  it.each([
    "// @ts-" + "ignore",
    "// @ts-" + "nocheck",
    "// TO" + "DO: later",
    "/* FIX" + "ME */",
    "/** Sends. TO" + "DO */",
    "// biome-" + "ignore lint/style/useConst",
    "// biome-" + "ignore lint/style/useConst: <explanation>",
    "// biome-" + "ignore lint/style/useConst: ok",
  ])("that leave work or silence a tool are banned: %s", (text) => {
    expect(leavesWork([source("demo/test/main.test.ts", `\n${text}\n`)])).toEqual([
      expect.stringContaining("demo/test/main.test.ts:2 "),
    ]);
  });

  it.each([
    "// biome-ignore lint/style/useConst: assigned by the parser's callback",
    "// @ts-expect-error: a contract that forgets a condition must not compile",
    "// A mastodon.",
    `const text = "TODO";`,
  ])("of other kinds are welcome: %s", (text) => {
    expect(leavesWork([source("demo/src/main.ts", text)])).toEqual([]);
  });
});

describe("tests", () => {
  it.each([
    `it.only("a", run);`,
    `describe.skip("a", run);`,
    `test.concurrent.only("a", run);`,
    `it.only.each([1])("a", run);`,
    `it.todo("a");`,
  ])("all run: %s", (text) => {
    expect(switchesTestsOff([source("demo/test/a.test.ts", text)])).toHaveLength(1);
  });

  it.each([`it("only", run);`, `list.skip(3);`, `it.skipIf(noRedis)("a", run);`])(
    "may say %s",
    (text) => expect(switchesTestsOff([source("demo/test/a.test.ts", text)])).toEqual([]),
  );
});
