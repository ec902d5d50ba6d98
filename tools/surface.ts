// `npm run surface`: what each package gives to those who import it, as one file of declarations without words, sorted by
// name. The files under `surface/` are what was approved; `--check` says where the built packages are different.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { manifestOf } from "./packed.ts";
import { root } from "./run.ts";
import { firstDifference } from "./text-difference.ts";

const packages = ["sluice", "gateway"] as const;

/** It says of each run that the compiler is a new one, which it has no use for here. */
const quiet = () => undefined;

const isCheck = process.argv.includes("--check");
for (const name of packages) {
  const path = join(root, "surface", `${name}.d.ts`);
  const surface = await surfaceOf(join(root, "packages", name));
  if (!isCheck) writeFileSync(path, surface);
  else {
    const difference = firstDifference(readFileSync(path, "utf8"), surface);
    if (difference !== undefined) fail(`surface/${name}.d.ts`, difference);
  }
}

function fail(file: string, difference: string): void {
  console.error(
    `What can be imported has changed, and ${file} does not say so:\n${difference}\n` +
      "Where that is meant, `npm run surface` writes it down; CHANGELOG.md tells whoever has to change something.",
  );
  process.exitCode = 1;
}

/** Of the built package. */
async function surfaceOf(folder: string): Promise<string> {
  const { name, exports } = manifestOf(folder);
  const entries = Object.entries(exports).flatMap(([subpath, targets], at) =>
    typeof targets === "string"
      ? []
      : [{ module: name + subpath.slice(1), alias: `entry${at}`, types: targets["types"] ?? "" }],
  );
  const lines = entries.map(
    ({ alias, types }) =>
      `export * as ${alias} from ${JSON.stringify(join(folder, types.replace(/\.d\.ts$/, ".js")))};`,
  );
  const bundled = await bundle(lines.join("\n"));
  return tidy(bundled, new Map(entries.map(({ alias, module }) => [alias, module])));
}

async function bundle(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-surface-"));
  try {
    const input = join(folder, "all.d.ts");
    writeFileSync(input, source);
    const made = await rolldown({
      input,
      plugins: [
        dts({ dtsInput: true, logger: { info: quiet, warn: quiet, error: console.error } }),
      ],
      // Every other package stays an import, the library in the gateway's declarations, too.
      external: (id) => !/^[./]/.test(id),
    });
    const { output } = await made.generate({ format: "es" });
    await made.close();
    return output[0].code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param modules what each alias stands for */
function tidy(code: string, modules: ReadonlyMap<string, string>): string {
  const { program, comments, errors } = parseSync("all.d.ts", code);
  if (errors.length > 0) throw new Error(`The declarations cannot be read: ${errors[0]?.message}`);
  const textOf = ({ start, end }: Span) => withoutComments(code, { start, end }, comments);
  const moduleOf = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const { local, exported } of statement.specifiers) {
      const module = modules.get(nameIn(exported));
      if (module !== undefined) moduleOf.set(nameIn(local), module);
    }
  }
  const imports: string[] = [];
  const declared: [name: string, text: string][] = [];
  const entries: [name: string, text: string][] = [];
  for (const statement of program.body) {
    const text = textOf(statement);
    if (statement.type === "ImportDeclaration") imports.push(text);
    else if (statement.type !== "ExportNamedDeclaration") {
      const name = /^(?:declare )?(?:abstract )?\w+ ([\w$]+)/.exec(text)?.[1] ?? text;
      const module = moduleOf.get(name);
      if (module === undefined) declared.push([name, text]);
      else entries.push([module, entryText(module, text)]);
    }
  }
  const sorted = (all: [string, string][]) =>
    all.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, text]) => text);
  const parts = [imports.toSorted().join("\n"), ...sorted(entries), ...sorted(declared)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** A name a line: what is new is one line of a difference. */
function entryText(module: string, text: string): string {
  const names = /\{ (.*) \}/.exec(text)?.[1] ?? "";
  return `declare module "${module}" {\n  export {\n    ${names.replaceAll(", ", ",\n    ")},\n  };\n}`;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function nameIn(node: { readonly type: string; readonly name?: string }): string {
  return node.name ?? "";
}

function withoutComments(code: string, { start, end }: Span, comments: readonly Span[]): string {
  let text = "";
  let at = start;
  for (const comment of comments) {
    if (comment.start < at || comment.end > end) continue;
    text += code.slice(at, comment.start);
    at = comment.end;
  }
  return (text + code.slice(at, end)).replaceAll(/[ \t]+$/gm, "").replaceAll(/\n{2,}/g, "\n");
}
