// What `sluice init` asks, writes and refuses.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { questionsFor } from "../../src/cli/init/questions.ts";
import { loadConfig } from "../../src/config/index.ts";
import { newFolder, sluice } from "./fixtures/command.ts";

// Each test starts processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const configName = "sluice.config.ts";

/** The permissions of everything in a folder, as octal texts. */
function modesIn(folder: string): Readonly<Record<string, string>> {
  const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(name)]));
}

const OPENAPI = `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://shop.example/v2" }]
paths:
  /orders/{id}: { get: { operationId: readOrder, summary: Reads one. } }
  /orders: { get: { operationId: listOrders, summary: Lists them. } }
`;

describe("sluice init --yes", () => {
  it("takes what is usual, and gives the key alone on standard output", async () => {
    const folder = newFolder();
    const { code, out, err } = await sluice(folder, ["init", "--yes"]);
    expect(code).toBe(0);
    const prefix = basename(folder)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, "")
      .slice(0, 10);
    expect(out).toMatch(new RegExp(`^${prefix}_live_[0-9A-Za-z]{38}\n$`));
    expect(err).toContain("npx sluice serve");
    expect(err).toContain(`curl -i -H "Authorization: Bearer $KEY" http://127.0.0.1:8787/\n`);
    expect(err).not.toContain(out.trim());
    const { settings } = await loadConfig(folder);
    const [served] = settings.apis;
    expect(served?.upstreams).toEqual({ main: { url: "http://127.0.0.1:9000/" } });
    expect(served?.api.wire).toMatchObject({
      plans: ["free"],
      windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
    });
  });

  it.each([
    ["/home/ada/Acme 2", "acme2_live_"],
    ["/home/ada/1", "my_live_"],
    ["/home/ada/sluice-try", "my_live_"],
  ])("in %s lets keys begin with %s", (folder, prefix) => {
    const question = questionsFor(folder).find(({ name }) => name === "prefix");
    expect(question?.otherwise).toBe(prefix);
    expect(question?.fault(prefix)).toBeUndefined();
  });

  it("lets nobody else read what must stay secret, and no repository take it", async () => {
    const folder = newFolder();
    const { out } = await sluice(folder, ["init", "--yes"]);
    expect(modesIn(folder)).toMatchObject({ ".sluice": "700" });
    const home = join(folder, ".sluice");
    expect(modesIn(home)).toMatchObject({
      "caller.secret": "600",
      "pepper.json": "600",
      "sluice.db": "600",
    });
    expect(readFileSync(join(home, ".gitignore"), "utf8")).toBe("*\n");
    for (const name of readdirSync(home)) {
      expect(readFileSync(join(home, name), "latin1")).not.toContain(out.trim());
    }
    const config = readFileSync(join(folder, configName), "utf8");
    expect(config).not.toContain(readFileSync(join(home, "caller.secret"), "utf8").trim());
    expect(config).not.toContain(out.trim());
  });

  it("takes every answer as an option", async () => {
    const folder = newFolder();
    const said = {
      upstream: "http://10.0.0.1:1234/api",
      envelope: "problem",
      prefix: "acme_",
      plan: "pro-1",
      limit: "7",
    };
    const args = Object.entries(said).map(([name, value]) => `--${name}=${value}`);
    // With every question answered but the file, which "" answers, none is left for a terminal.
    const { code, out } = await sluice(folder, ["init", ...args, "--openapi="]);
    expect([code, out.startsWith("acme_")]).toEqual([0, true]);
    const { settings } = await loadConfig(folder);
    const [served] = settings.apis;
    expect(served?.upstreams["main"]?.url).toBe(said.upstream);
    expect(served?.api.wire).toMatchObject({
      plans: ["pro-1"],
      key: { prefixes: { live: "acme_" } },
      windows: { requests: { limit: 7 } },
    });
    expect(served?.api.wire.envelope.contentType).toBe("application/problem+json");
  });

  it("starts from an OpenAPI file", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "shop.yaml"), OPENAPI);
    const { code, err } = await sluice(folder, ["init", "--yes", "--openapi", "shop.yaml"]);
    expect(code).toBe(0);
    // A call that can be made as it stands.
    expect(err).toContain("http://127.0.0.1:8787/v2/orders\n");
    const [served] = (await loadConfig(folder)).settings.apis;
    expect(Object.keys(served?.api.wire.operations ?? {})).toEqual(["readOrder", "listOrders"]);
  });
});

describe("sluice init refuses", () => {
  const wrong: readonly (readonly [option: string, value: string, advice: string])[] = [
    ["upstream", "ftp://a", "write it like http://127.0.0.1:9000, without a query"],
    ["upstream", "localhost:9000", "write it like http://127.0.0.1:9000, without a query"],
    ["upstream", "http://u:p@a", "write it like http://127.0.0.1:9000, without a query"],
    ["upstream", "http://a/?b", "write it like http://127.0.0.1:9000, without a query"],
    ["openapi", "none.yaml", "there is no such file"],
    ["envelope", "xml", "use nested, flat or problem"],
    ["prefix", "Acme_", "use 3 to 20 small letters"],
    ["prefix", "acme", "use 3 to 20 small letters"],
    ["prefix", "sluice_live_", "tokens of operators begin so"],
    ["plan", "1st", "use small letters"],
    ["limit", "0", "give a whole number from 1 to 1000000"],
    ["limit", "1000001", "give a whole number from 1 to 1000000"],
    ["limit", "1.5", "give a whole number from 1 to 1000000"],
  ];
  it.each(wrong)("--%s %s", (option, value, advice) => {
    const question = questionsFor("/none").find(({ name }) => name === option);
    expect(question?.fault(value)).toContain(advice);
  });

  it("a wrong option before it writes anything", async () => {
    const folder = newFolder();
    const { code, out, err } = await sluice(folder, ["init", "--yes", "--limit=0"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe('--limit is "0": give a whole number from 1 to 1000000.\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  it("to ask without a terminal, and says what to give", async () => {
    const folder = newFolder();
    const { code, err } = await sluice(folder, ["init", "--plan=free", "--limit=6"]);
    expect(code).toBe(2);
    expect(err).toContain("add --yes to take what is usual, or give --upstream, --openapi, ");
    expect(err).not.toContain("--plan");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("to replace a configuration without --force, whatever its name is", async () => {
    const folder = newFolder();
    for (const name of [configName, "sluice.config.json"]) {
      const alone = join(folder, name.replaceAll(".", "-"));
      mkdirSync(alone);
      writeFileSync(join(alone, name), "mine");
      const { code, err } = await sluice(alone, ["init", "--yes"]);
      expect(code).toBe(2);
      expect(err).toContain(`${join(alone, name)} is there already: edit it, or `);
      expect(readdirSync(alone)).toEqual([name]);
      expect(readFileSync(join(alone, name), "utf8")).toBe("mine");
    }
  });

  it("what stands in its way, kindly", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, ".sluice"), "a file");
    const { code, err } = await sluice(folder, ["init", "--yes"]);
    expect([code, err]).toEqual([
      2,
      `Cannot write in ${folder} (EEXIST): go to a folder that you can write to.\n`,
    ]);
    expect(readdirSync(folder)).toEqual([".sluice"]);
  });

  it("an OpenAPI file that cannot be used, and leaves the folder as it was", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "empty.yaml"), "openapi: 3.1.0\n");
    const args = ["init", "--yes", "--openapi", "empty.yaml"];
    const { code, err } = await sluice(folder, args);
    expect(code).toBe(2);
    expect(err).toContain("contract.operations: there are none");
    expect(readdirSync(folder)).toEqual(["empty.yaml"]);
    writeFileSync(join(folder, configName), "mine");
    await sluice(folder, [...args, "--force"]);
    expect(readFileSync(join(folder, configName), "utf8")).toBe("mine");
    expect(existsSync(join(folder, ".sluice"))).toBe(false);
  });
});

describe("sluice init --force", () => {
  it("replaces the configuration, and keeps the secret that upstreams may know", async () => {
    const folder = newFolder();
    await sluice(folder, ["init", "--yes", "--prefix=acme_live_"]);
    const path = join(folder, ".sluice", "caller.secret");
    const secret = readFileSync(path, "utf8");
    const args = ["init", "--yes", "--force", "--prefix=acme_live_", "--plan=pro"];
    const { code, out } = await sluice(folder, args);
    expect([code, out.startsWith("acme_live_")]).toEqual([0, true]);
    expect(readFileSync(path, "utf8")).toBe(secret);
    expect(readFileSync(join(folder, configName), "utf8")).toContain("plans: { pro: {} }");
  });
});
