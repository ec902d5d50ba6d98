// What the tools of others make of an OpenAPI document: Redocly's linter, Prism's parser, the types of openapi-typescript, and
// ajv for its examples.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformOas3Operations } from "@stoplight/http-spec/oas3/operation";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import openapiTypescript, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export type Document = Readonly<Record<string, unknown>>;

/** The linter's complaints, warnings included, by the strictest rules that Redocly recommends. */
export function redoclyProblems(document: Document): readonly string[] {
  return inFolder((folder) => {
    const file = join(folder, "openapi.json");
    writeFileSync(file, JSON.stringify(document, null, 2));
    const redocly = join(root, "node_modules/.bin/redocly");
    const args = [redocly, "lint", "--extends", "recommended-strict", "--format", "json", file];
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    };
    const said = run(process.execPath, args, { cwd: folder, env });
    const { problems } = JSON.parse(said.slice(said.indexOf("{"))) as { problems: Problem[] };
    return problems.map(({ ruleId, message, location }) => {
      return `${ruleId} at ${location[0]?.pointer}: ${message}`;
    });
  });
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly { readonly pointer?: string }[];
}

/** What Prism's parser reads of it: for each operation the codes that it would answer by name, by status. */
export function prismExamples(document: Document): Readonly<Record<string, readonly string[]>> {
  const operations = transformOas3Operations(structuredClone(document));
  return Object.fromEntries(
    operations.map(({ iid = "", responses }) => [
      iid,
      responses.flatMap((response) =>
        (response.contents ?? []).flatMap(({ examples = [] }) =>
          examples.map(({ key }) => `${response.code} ${key}`),
        ),
      ),
    ]),
  );
}

/** The declarations that openapi-typescript makes of it. */
export async function typesOf(document: Document): Promise<string> {
  return astToString(await openapiTypescript(JSON.stringify(document)));
}

/** What the compiler says against a program that uses the types; empty where it compiles. */
export function compileErrors(types: string, program: string): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, "api.d.ts"), types);
    writeFileSync(join(folder, "program.ts"), program);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: "es2024", module: "nodenext", types: [] },
      ...{ lib: ["es2024", "dom"], exactOptionalPropertyTypes: true },
    };
    const config = { compilerOptions, files: ["program.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    return run(join(root, "node_modules/.bin/tsc"), ["--project", folder], { cwd: folder });
  });
}

/** Examples that their own schema refuses, by where they stand. */
export function wrongExamples(document: Document): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "document", ...document }, "document");
  const wrong: string[] = [];
  const check = (at: string, schemaAt: string, value: unknown): void => {
    const validate = ajv.compile({ $ref: `document#${schemaAt}` });
    if (!validate(value)) wrong.push(`${at}: ${ajv.errorsText(validate.errors)}`);
  };
  walk(document, "", (node, at) => {
    if (typeof node["schema"] !== "object") return;
    if (Object.hasOwn(node, "example")) check(`${at}/example`, `${at}/schema`, node["example"]);
    const named = Object.entries((node["examples"] ?? {}) as Record<string, { value: unknown }>);
    for (const [name, { value }] of named) check(`${at}/examples/${name}`, `${at}/schema`, value);
  });
  return wrong;
}

/** How many examples there are to be wrong. */
export function exampleCount(document: Document): number {
  let count = 0;
  walk(document, "", (node) => {
    if (typeof node["schema"] !== "object") return;
    if (Object.hasOwn(node, "example")) count++;
    count += Object.keys((node["examples"] ?? {}) as object).length;
  });
  return count;
}

type Node = Readonly<Record<string, unknown>>;

function walk(value: unknown, at: string, visit: (node: Node, at: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value as Node, at);
  for (const [name, one] of Object.entries(value)) {
    walk(
      one,
      `${at}/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
      visit,
    );
  }
}

/** What a program says, whether or not it is content. */
function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): string {
  try {
    const stdio = ["ignore", "pipe", "ignore"] as const;
    return execFileSync(command, args, { ...options, encoding: "utf8", stdio: [...stdio] }).trim();
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout ?? error).trim();
  }
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "sluice-openapi-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
