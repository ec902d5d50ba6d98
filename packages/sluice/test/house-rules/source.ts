// What the house rules read: source files as text and syntax tree, from the disk or planted by a
// test, and violations that say where, what, and what to do instead.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Comment, parseSync, visitorKeys } from "oxc-parser";

/** A node of the syntax tree, in ESTree's shape; rules look at few of its fields. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One file; its path is relative to the repository, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly comments: readonly Comment[];
}

/** `path:line what is wrong: what to do instead`. */
export type Violation = string;

/** A file of the given text, as rules see it. */
export function source(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  return { path, text, program: program as unknown as Node, comments };
}

/** Every TypeScript file below the folder, save what is installed or built. */
export function readSources(root: string): Source[] {
  return listFiles(root, "")
    .filter((path) => /\.[cm]?tsx?$/.test(path) && !/next-env\.d\.ts$/.test(path))
    .map((path) => source(path, readFileSync(join(root, path), "utf8")));
}

/** What nobody writes by hand: `surface` is made of what is built. */
const skipped = new Set(["node_modules", "dist", "coverage", "surface", ".git"]);

/** The paths of every file below the folder, relative to it. */
export function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}

/** Says what is wrong at an offset of the file. */
export function violation(file: Source, offset: number, message: string): Violation {
  return `${file.path}:${lineAt(file.text, offset)} ${message}`;
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
  }
  return line;
}

/** Calls back for every node, parents before children, with the node's ancestors, nearest last. */
export function walk(program: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const ancestors: Node[] = [];
  const enter = (node: Node): void => {
    visit(node, ancestors);
    ancestors.push(node);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = node[key];
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) enter(one);
    }
    ancestors.pop();
  };
  enter(program);
}

/** Whether a field of a node is itself a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** A field that is a node, if it is one, and of that type if one is given. */
export function child(node: Node, field: string, type?: string): Node | undefined {
  const value = node[field];
  return isNode(value) && (type === undefined || value.type === type) ? value : undefined;
}

/** The text of a string literal node. */
export function stringOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== "Literal") return undefined;
  return typeof node["value"] === "string" ? node["value"] : undefined;
}

/** Whether the file is a test, or serves tests only. */
export function isTest(path: string): boolean {
  return /(^|\/)test\/|\.(test|torture)\.ts$/.test(path);
}
