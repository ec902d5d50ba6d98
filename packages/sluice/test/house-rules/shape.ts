// Rule 4: files and functions that fit in the head, names that say something, a first line that
// says what the file is for, and no file that nothing uses.

import { basename } from "node:path/posix";
import { filesNamedBy, importsOf, packageOf } from "./modules.ts";
import {
  child,
  isTest,
  lineAt,
  type Node,
  type Source,
  type Violation,
  violation,
  walk,
} from "./source.ts";

const maxFileLines = 300;
const maxFunctionLines = 70;
const maxColumns = 100;
const maxCommentColumns = 130;

/** Files of more than 300 lines. */
export function isTooLong(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    const lines = lineAt(file.text, file.text.trimEnd().length);
    if (lines <= maxFileLines) return [];
    return [`${file.path}:${lines} has ${lines} lines: split it, ${maxFileLines} are the most`];
  });
}

const functions = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Functions of more than 70 lines; what groups tests (`describe`) does not count as one. */
export function hasLongFunctions(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    const found: Violation[] = [];
    walk(file.program, (node, ancestors) => {
      if (!functions.has(node.type) || (isTest(file.path) && groupsTests(ancestors.at(-1)))) return;
      const lines = lineAt(file.text, node.end) - lineAt(file.text, node.start) + 1;
      if (lines <= maxFunctionLines) return;
      const message = `a function of ${lines} lines: split it, ${maxFunctionLines} are the most`;
      found.push(violation(file, node.start, message));
    });
    return found;
  });
}

/** Whether the call is `describe(…)`, `describe.each(…)(…)` or the like. */
function groupsTests(call: Node | undefined): boolean {
  let callee = call?.type === "CallExpression" ? child(call, "callee") : undefined;
  while (callee !== undefined && callee.type !== "Identifier") {
    callee = child(callee, "callee") ?? child(callee, "object") ?? child(callee, "tag");
  }
  return callee?.["name"] === "describe";
}

/**
 * Lines wider than 100 columns, 130 for comments. What no formatter can break is let be: a line
 * with a text of 20 characters or more, a comment with an address.
 */
export function isTooWide(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    const texts = longTextsOf(file);
    let start = 0;
    return file.text.split("\n").flatMap((line) => {
      const end = start + line.length;
      const from = start;
      start = end + 1;
      const comment = file.comments.some((one) => one.start < end && one.end >= end);
      const most = comment ? maxCommentColumns : maxColumns;
      if (line.length <= most) return [];
      const unbreakable = comment
        ? line.includes("://")
        : texts.some((text) => text.start < from + most && text.end > from);
      if (unbreakable) return [];
      return [violation(file, end, `${line.length} columns: break the line, ${most} fit`)];
    });
  });
}

function longTextsOf(file: Source): Node[] {
  const texts: Node[] = [];
  walk(file.program, (node) => {
    const isText = node.type === "Literal" || node.type === "TemplateLiteral";
    if (isText && node.end - node.start >= 20) texts.push(node);
  });
  return texts;
}

const emptyNames = /^(utils?|helpers?|common|misc|types)$/;

/** Files and folders named after nothing. */
export function isNamedAfterNothing(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    const names = file.path.split("/").map((part) => part.replace(/(\.\w+)+$/, ""));
    const empty = names.find((name) => emptyNames.test(name));
    if (empty === undefined) return [];
    return [`${file.path}:1 is named "${empty}": name it after the one thing that it holds`];
  });
}

/** Sources that do not open with a comment saying what they are for; tests may. */
export function opensWithoutComment(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    if (/\.(test|torture)\.ts$/.test(file.path)) return [];
    const text = file.text.replace(/^#!.*\n/, "");
    const opening = /^\s*(?:\/\/|\/\*)([\s\S]{0,200})/.exec(text)?.[1] ?? "";
    if (/[A-Za-z]{2,}[\s\S]*[A-Za-z]{2,}/.test(opening.split("\n")[0] ?? "")) return [];
    if (opening.trimStart().startsWith("*")) return [];
    return [`${file.path}:1 opens without a comment: say in a sentence what the file is for`];
  });
}

/** Next.js looks for them by their names. */
const foundByNext = /^examples\/next\/app\/(?:.+\/)?(?:route|page|layout)\.tsx?$/;

/**
 * Sources that nothing imports or names: neither another source, nor a package.json. Being used by
 * a test does not count, save for what only tests use.
 */
export function isUnused(files: readonly Source[], entries: ReadonlySet<string>): Violation[] {
  const usedBySources = new Set(entries);
  const usedByTests = new Set<string>();
  for (const file of files) {
    const used = isTest(file.path) ? usedByTests : usedBySources;
    for (const { target } of importsOf(file)) if (target !== undefined) used.add(target);
    for (const target of filesNamedBy(file)) used.add(target);
  }
  const uses = (used: ReadonlySet<string>, path: string) =>
    used.has(path) || used.has(`*${packageOf(path)}/${basename(path)}`);
  return files
    .filter(({ path }) => !/\.(test|torture)\.ts$|\.config\.ts$/.test(path))
    .filter(({ path }) => !foundByNext.test(path))
    .filter(({ path }) => !uses(usedBySources, path) && !(isTest(path) && uses(usedByTests, path)))
    .map(({ path }) => `${path}:1 is used by nothing: import it, or delete it`);
}
