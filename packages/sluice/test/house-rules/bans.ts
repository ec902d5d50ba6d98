// Rules 2 and 3: what the web platform alone must do, and what nobody may use, each ban with its
// replacement.

import { importsOf, library } from "./modules.ts";
import { usesOf } from "./names.ts";
import { child, isNode, isTest, type Source, type Violation, violation, walk } from "./source.ts";

const inLibrary = (path: string) => path.startsWith(`${library}/`);
const nodeAdapter = new RegExp(`^${library}/adapter/node[^/]*\\.ts$`);
const engineStore = new RegExp(`^${library}/store/(?!memory/|conformance/|redis/)`);
const inContract = (path: string) => /^apis\/[^/]+\/contract\//.test(path);

/** Uses of Node's own modules and globals where only the web platform is to be had. */
export function needsNode(files: readonly Source[]): Violation[] {
  return files
    .filter(({ path }) => inLibrary(path) || inContract(path))
    .filter(({ path }) => !nodeAdapter.test(path) && !engineStore.test(path))
    .flatMap((file) => [
      ...importsOf(file)
        .filter(({ specifier }) => specifier.startsWith("node:"))
        .map(({ specifier, offset }) =>
          violation(file, offset, `imports ${specifier}: use the web platform, or move to adapter`),
        ),
      ...usesOf(file)
        .filter(({ name }) => name === "process" || name === "Buffer")
        .map(({ name, node }) =>
          violation(file, node.start, `uses ${name}: use the web platform (Uint8Array, a setting)`),
        ),
    ]);
}

const clock = "take a Clock and ask it";
const random = "take a Random and ask it";

/** What reads time or chance by itself, with what to do instead. */
const timeAndChance: ReadonlyMap<string, string> = new Map([
  ["Date.now", `${clock} wallMs()`],
  ["performance.now", `${clock} monotonicMs()`],
  ["AbortSignal.timeout", `${clock} after() to abort`],
  ["Math.random", `${random} float() or integer()`],
  ["crypto.getRandomValues", `${random} bytes()`],
  ["crypto.randomUUID", "use createRequestIds, or a Random's bytes()"],
  ["getRandomValues", `${random} bytes()`],
  ["randomUUID", "use createRequestIds, or a Random's bytes()"],
  ["randomBytes", `${random} bytes()`],
]);

const timers: ReadonlyMap<string, string> = new Map([
  ["setTimeout", `${clock} after() or sleep()`],
  ["setInterval", `${clock} after(), again each time`],
  ["setImmediate", `${clock} after(0)`],
]);

const timerModules = /^(node:)?timers(\/promises)?$/;

const mustBeHanded = (path: string) =>
  (inLibrary(path) && !path.startsWith(`${library}/base/`)) ||
  /^apis\/[^/]+\/(contract|upstream)\//.test(path);

/** Uses of the machine's time, timers and chance outside `base`. */
export function takesTimeOrChance(files: readonly Source[]): Violation[] {
  return files
    .filter(({ path }) => mustBeHanded(path))
    .flatMap((file) => [
      ...usesOf(file).flatMap(({ name, node, parent }) => {
        const isTimer = timers.has(name) && !nodeAdapter.test(file.path);
        const instead = timeAndChance.get(name) ?? (isTimer ? timers.get(name) : undefined);
        if (instead !== undefined) return [violation(file, node.start, `${name}: ${instead}`)];
        const isNow =
          name === "Date" &&
          (parent?.type === "NewExpression" || parent?.type === "CallExpression") &&
          parent["callee"] === node &&
          (parent.type === "CallExpression" || (parent["arguments"] as unknown[]).length === 0);
        return isNow ? [violation(file, node.start, `the current Date: ${clock} wallMs()`)] : [];
      }),
      ...importsOf(file)
        .filter(({ specifier }) => timerModules.test(specifier))
        .map(({ specifier, offset }) => violation(file, offset, `imports ${specifier}: ${clock}`)),
    ]);
}

/** Ways around the types, and exports that nobody can see. */
export function hidesTypes(files: readonly Source[]): Violation[] {
  return files.flatMap((file) => {
    const found: Violation[] = [];
    walk(file.program, (node) => {
      const isCast = node.type === "TSAsExpression" || node.type === "TSTypeAssertion";
      if (isCast && child(node, "typeAnnotation", "TSAnyKeyword") !== undefined) {
        found.push(violation(file, node.start, "as any: say the type, or unknown and look"));
      }
      if (node.type === "ExportAllDeclaration") {
        found.push(violation(file, node.start, "export *: export the names, one by one"));
      }
    });
    return found;
  });
}

const commentBans: readonly (readonly [RegExp, string])[] = [
  [/@ts-ignore/, "@ts-ignore: use @ts-expect-error with a reason, or fix the type"],
  [/@ts-nocheck/, "@ts-nocheck: fix the types"],
  [/\bTODO\b/, "TODO: do it, or open an issue"],
  [/\bFIXME\b/, "FIXME: fix it, or open an issue"],
  [/biome-ignore(?!.*: (?!<).{10})/, "biome-ignore without a reason: add one after the colon"],
];

/** Comments that silence a tool or leave work behind. */
export function leavesWork(files: readonly Source[]): Violation[] {
  return files.flatMap((file) =>
    file.comments.flatMap((comment) =>
      commentBans
        .filter(([banned]) => banned.test(comment.value))
        .map(([, message]) => violation(file, comment.start, message)),
    ),
  );
}

const testFunctions = new Set(["it", "test", "describe", "suite"]);

/** Tests that are switched off, or that switch off all others. */
export function switchesTestsOff(files: readonly Source[]): Violation[] {
  return files
    .filter(({ path }) => isTest(path))
    .flatMap((file) => {
      const found: Violation[] = [];
      walk(file.program, (node) => {
        if (node.type !== "MemberExpression" || !startsAtTestFunction(node["object"])) return;
        const name = child(node, "property", "Identifier")?.["name"];
        if (name !== "only" && name !== "skip" && name !== "todo") return;
        found.push(violation(file, node.start, `.${name}: let every test run`));
      });
      return found;
    });
}

function startsAtTestFunction(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === "MemberExpression") return startsAtTestFunction(value["object"]);
  return value.type === "Identifier" && testFunctions.has(value["name"] as string);
}
