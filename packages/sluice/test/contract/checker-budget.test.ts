// What a contract costs whoever checks types, an editor at each key: in instantiations, which are the same on every machine.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
/** Inside the repository, where packages are found. */
const home = join(root, "node_modules/.cache/checker-budget");

/** Those of a schema and its input are most of it: 868 when this was written. */
const PER_OPERATION_MAX = 1_000;
/** Of the libraries, the catalogue and the one operation of a first program: 35,000 when this was written. */
const FIRST_PROGRAM_MAX = 45_000;

function lines(count: number, line: (name: string) => string): string {
  return Array.from({ length: count }, (_, at) => `  ${line(`make${at}`)},`).join("\n");
}

/** A contract of so many operations, each with a path, a body and a handler that uses both. */
function program(operations: number): string {
  const declared = (name: string) =>
    `${name}: { method: "POST", path: "/${name}/{thing}", summary: "Makes one." }`;
  const checked = (name: string) =>
    `${name}: { params: z.object({ thing: z.string() }), body: z.object({ name: z.string(), size: z.number().int() }) }`;
  const handled = (name: string) =>
    `${name}: ({ body, params }) => reply({ name: body.name.trim(), size: body.size + 1, thing: params.thing })`;
  return `
import { defineApi, defineWire, standard } from "sluice";
import { handlers, reply } from "sluice/gate";
import { z } from "zod";
const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: {
${lines(operations, declared)}
  },
});
const server = { plans: { free: { title: "Free" } }, operations: {
${lines(operations, checked)}
} };
export const api = defineApi(wire, server, standard.pages);
export const upstream = handlers(api, {
${lines(operations, handled)}
});
`;
}

async function instantiationsOf(operations: number): Promise<number> {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, "program-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "program.ts"), program(operations));
  const config = { extends: join(root, "tsconfig.base.json"), files: ["program.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout } = await promisify(execFile)(tsc, ["-p", folder, "--extendedDiagnostics"]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).not.toContain("error TS");
  return Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1]);
}

describe("the type checker", () => {
  it("has as much to do for the hundredth operation of a contract as for the second", async () => {
    const first = await instantiationsOf(1);
    const hundred = await instantiationsOf(101);
    expect(first).toBeLessThan(FIRST_PROGRAM_MAX);
    expect((hundred - first) / 100).toBeLessThan(PER_OPERATION_MAX);
  });
});
