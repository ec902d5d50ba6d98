// What the README and the page about configuration show of a gateway, where no other test holds them to it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ConfigError, loadConfig } from "../../src/config/index.ts";

const root = new URL("../../../../", import.meta.url);
const page = (path: string) => readFileSync(new URL(path, root), "utf8");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-pages-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

/** As JavaScript: types are for whoever writes it. */
async function load(code: string) {
  const file = join(folder, "sluice.config.mjs");
  writeFileSync(file, code.replace(/ satisfies [^;]*;/, ";"));
  return await loadConfig(file);
}

const exampleIn = (text: string) =>
  /^```ts\n((?:\/\/.*\n)?export default [\s\S]*?)^```$/m.exec(text)?.[1];

describe("the README", () => {
  it("shows a configuration that works", async () => {
    const { settings } = await load(exampleIn(page("README.md")) ?? "");
    const [served] = settings.apis;
    expect(Object.keys(served?.api.wire.operations ?? {})).toEqual(["chat"]);
  });

  it("names commands that the README of the package has, too", () => {
    const commands = (text: string) => text.match(/^(?:npm install @sluice|npx sluice).*$/gm);
    const own = commands(page("packages/gateway/README.md"));
    expect(own).toHaveLength(4);
    expect(commands(page("README.md"))).toEqual(expect.arrayContaining(own ?? []));
  });
});

describe("the page about configuration", () => {
  const text = page("docs/configuration.md");

  it("shows mistakes as they are told", async () => {
    const wrong = (exampleIn(text) ?? "")
      .replace('within: "1m"', "within: 60_000")
      .replace("main: { url: ", "main: { ulr: ");
    const shown = /^```\n(sluice\.config\.ts cannot be used:\n[\s\S]*?)\n```$/m.exec(text)?.[1];
    const error = await load(wrong).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigError);
    const told = (error as ConfigError).message.replace(join(folder, "sluice.config.mjs"), "");
    for (const line of shown?.split("\n").slice(1) ?? ["nothing is shown"]) {
      expect(told.split("\n")).toContain(line);
    }
  });

  it("shows an extension of an OpenAPI file that counts", async () => {
    const [, yaml = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(text) ?? [];
    writeFileSync(join(folder, "api.yaml"), `openapi: 3.1.0\ninfo: { title: T }\n${yaml}`);
    const terms = `key: { prefixes: { live: "a_live_" } }, plans: { free: {}, pro: { allowance: { credits: 9, reset: "monthly" } } }`;
    const { settings } = await load(
      `export default { contract: { openapi: "./api.yaml", ${terms} }, upstreams: { main: { url: "http://a" } } };`,
    );
    const operation = settings.apis[0]?.api.server.operations["chat"];
    expect(operation?.plans).toEqual(["pro"]);
    expect(operation?.price).toMatchObject({ kind: "fixed", credits: 5 });
  });
});
