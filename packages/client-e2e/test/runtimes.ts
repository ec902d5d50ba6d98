// One program under several runtimes, against the same servers: the bundle that an application ships, run as it is.

import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { expect, onTestFinished } from "vitest";
import type { Errand } from "./runtime-program.ts";
import { type Script, startServer } from "./scripted-server.ts";
import { startSite } from "./site.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const TIMEOUT_MS = 60_000;

/** This one, whatever it is. */
export const thisNode = process.execPath;
/** As its install script leaves it, on every system. */
export const bun = join(require.resolve("bun/package.json"), "../bin/bun.exe");
const undici = pathToFileURL(require.resolve("undici")).href;

/** What every runtime reports. */
export const REPORT = {
  called: { object: "response", status: "completed", model: "mavera-1" },
  streamed: expect.arrayContaining([
    "response.created",
    "response.output_text.delta",
    "response.completed",
  ]),
  fetched: { status: 200, type: "application/json", members: expect.any(Array) },
  refused: {
    name: "ApiError",
    code: "credits_exhausted",
    status: 402,
    attempts: 1,
    isKeySafe: true,
  },
  repeated: { body: { flaky: 2 }, kinds: ["begun", "sent", "failed", "sent", "ended"] },
  aborted: "the caller left",
  paced: { answered: 12, failed: 0 },
};

/** @param folder for the program. */
export async function bundleProgram(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("runtime-program.ts", import.meta.url)),
    platform: "browser",
    resolve: { conditionNames: ["sluice-source", "import", "default"] },
    external: /^node:/,
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const file = join(folder, "program.mjs");
  writeFileSync(file, output[0].code);
  return file;
}

/** A server that fails once, is never there, and lets six calls in a second, to each that asks. */
function small(): Script {
  const tookMs: number[] = [];
  let flaky = 0;
  return ({ url }) => {
    if (url === "/v1/away") return { status: 503, headers: { "Retry-After": "20" } };
    if (url === "/v1/flaky")
      return flaky++ === 0 ? { status: 500 } : { status: 200, body: { flaky } };
    const nowMs = performance.now();
    const isFull = tookMs.filter((ms) => nowMs - ms < 1_000).length >= 6;
    if (isFull) return { status: 429, headers: { "Retry-After": "1" } };
    tookMs.push(nowMs);
    return { status: 200, body: { taken: tookMs.length } };
  };
}

/** The program's report, parsed. Ends with the test. */
export async function reportOf(
  runtime: string,
  program: string,
  transport: "fetch" | "undici",
): Promise<unknown> {
  const site = await startSite("");
  onTestFinished(() => site.close());
  const { origin: scripted } = await startServer(small());
  const errand: Errand = {
    mavera: { baseUrl: site.baseUrl, ...site.keys },
    scripted,
    undici: transport === "undici" ? undici : undefined,
  };
  const { stdout } = await run(runtime, [program, JSON.stringify(errand)], {
    timeout: TIMEOUT_MS,
    // Nothing of the way in which the tests were started.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  return JSON.parse(stdout);
}

/** A folder of its own for each use. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "sluice-runtimes-"));
}

/**
 * Another Node, as npm has it: installed when it is asked for, since each takes 150 MB that nobody needs who does not
 * run the long tests.
 */
export async function installNode(version: string, folder: string): Promise<string> {
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, allowScripts: { node: true } }),
  );
  await run("npm", ["install", "--no-audit", "--no-fund", `node@${version}`], { cwd: folder });
  const node = join(folder, "node_modules/node/bin/node");
  const { stdout } = await run(node, ["--version"]);
  if (!`${stdout.trim()}.`.startsWith(`v${version}.`))
    throw new Error(`npm gave Node ${stdout} for ${version}`);
  return node;
}
