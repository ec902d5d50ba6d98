// What is published, for a stranger: packed, installed by npm and by Bun into an empty project, and run as the README's first
// program, by the oldest Node that the packages name; and read by the oldest compiler.

import { execFile, spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildAndPack } from "../../../tools/packed.ts";
import { bun, installNode, newFolder, thisNode } from "./runtimes.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** As the README says. */
const oldestCompiler = "5.4";

const importing = `
import * as contract from "sluice";
import * as gate from "sluice/gate";
import * as client from "sluice/client";
import * as reference from "sluice/reference";
import * as sim from "sluice/sim";
import * as memory from "sluice/store/memory";
import * as sqlite from "sluice/store/sqlite";
import * as node from "sluice/adapter/node";
import * as gateway from "@sluice/gateway";
import * as admin from "@sluice/gateway/admin";
console.log(contract, gate, client, reference, sim, memory, sqlite, node, gateway, admin);
`;

function oldestNodeOf(name: string): string {
  const { engines } = JSON.parse(
    readFileSync(join(root, "packages", name, "package.json"), "utf8"),
  ) as { engines: { node: string } };
  return `${engines.node.replace(">=", "")}.0`;
}

/** An empty project, with the README's first program in it. Ends with the test. */
function newProject(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  cpSync(join(root, "examples/quickstart/server.ts"), join(folder, "server.ts"));
  return folder;
}

/** What the program answers to its key: 61 statuses. */
async function statusesOf(runtime: string, folder: string): Promise<readonly number[]> {
  // It prints its port as it was asked for, so that must be one that is free.
  const env = { ...process.env, PORT: String(await freePort()), NODE_OPTIONS: "" };
  const child = spawn(runtime, ["server.ts"], { cwd: folder, env });
  onTestFinished(() => void child.kill());
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data)));
    let wrong = "";
    child.stderr.on("data", (data) => {
      wrong += String(data);
    });
    child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${wrong}`)));
  });
  const url = /http:\S+/.exec(line)?.[0] ?? "";
  const authorization = /Bearer \w+/.exec(line)?.[0] ?? "";
  const statuses: number[] = [];
  for (let at = 0; at < 61; at++) {
    statuses.push((await fetch(url, { headers: { authorization } })).status);
  }
  return statuses;
}

describe("the published packages", () => {
  const packed = newFolder();
  const sixty = [...Array<number>(60).fill(200), 429];
  let files: readonly string[] = [];
  beforeAll(() => {
    files = buildAndPack(packed);
    expect(files).toHaveLength(3);
  }, 300_000);
  afterAll(() => rmSync(packed, { recursive: true }));

  it("are installed by npm, and run under the oldest Node of each", async () => {
    const folder = newProject();
    await run("npm", ["install", "--no-audit", "--no-fund", ...files], { cwd: folder });
    const own = newFolder();
    onTestFinished(() => rmSync(own, { recursive: true }));
    expect(await statusesOf(await installNode(oldestNodeOf("sluice"), own), folder)).toEqual(sixty);
    const node = await installNode(oldestNodeOf("gateway"), own);
    const sluice = join(folder, "node_modules/@sluice/gateway/dist/cli/sluice.js");
    await run(node, [sluice, "init", "--yes"], { cwd: folder });
    const { stderr } = await run(node, [sluice, "validate"], { cwd: folder });
    expect(stderr).toMatch(/is right: 5 operations/);
  });

  it("are installed by Bun, and run under it", async () => {
    const folder = newProject();
    // Bun looks for what a packed package needs in the registry, unless the project says where it is.
    const named = Object.fromEntries(files.map((file) => [nameOf(file), `file:${file}`] as const));
    const manifest = { type: "module", private: true, dependencies: named, overrides: named };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    await run(bun, ["install"], { cwd: folder });
    expect(await statusesOf(bun, folder)).toEqual(sixty);
  });

  it.each([oldestCompiler, "5.9", "6.0"])("are understood by TypeScript %s", async (version) => {
    const folder = newProject();
    writeFileSync(join(folder, "importing.ts"), importing);
    const more = [`typescript@~${version}.0`, "@types/node", "zod"];
    await run("npm", ["install", "--no-audit", "--no-fund", ...files, ...more], { cwd: folder });
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes"];
    const platform = ["--target", "es2022", "--lib", "esnext", "--module", "nodenext"];
    // The compiler's own types of Node may be newer than it is.
    const types = ["--types", "node", "--skipLibCheck"];
    const tsc = join(folder, "node_modules/typescript/bin/tsc");
    const sources = ["server.ts", "importing.ts"];
    await run(thisNode, [tsc, ...options, ...platform, ...types, ...sources], { cwd: folder });
  });
});

function nameOf(file: string): string {
  const name = /([^/]+)-\d+\.\d+\.\d+\.tgz$/.exec(file)?.[1] ?? "";
  return name.replace(/^sluice-/, "@sluice/");
}
