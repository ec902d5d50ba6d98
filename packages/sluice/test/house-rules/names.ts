// Which names a file uses, as a name: `process` in `process.env` is used, in `{ process: 1 }` or
// `call.process` it is not. Also what is reached through `globalThis`.

import { child, type Node, type Source, walk } from "./source.ts";

/** A use of a global by itself (`fetch`) or of a member of one (`Date.now`). */
export interface Use {
  readonly name: string;
  readonly node: Node;
  readonly parent: Node | undefined;
}

/** Fields in which an identifier is a label, not a use of what it names. */
const labels: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ["property"],
  Property: ["key"],
  MethodDefinition: ["key"],
  PropertyDefinition: ["key"],
  TSAbstractMethodDefinition: ["key"],
  TSPropertySignature: ["key"],
  TSMethodSignature: ["key"],
  TSQualifiedName: ["right"],
  ImportSpecifier: ["imported"],
  ExportSpecifier: ["exported"],
  LabeledStatement: ["label"],
  ImportAttribute: ["key"],
};

/** Every use of a name in the file, `a.b` counting as a use of both `a` and `a.b`. */
export function usesOf(file: Source): Use[] {
  const uses: Use[] = [];
  walk(file.program, (node, ancestors) => {
    const parent = ancestors.at(-1);
    if (node.type === "Identifier" && !isLabel(node, parent)) {
      uses.push({ name: node["name"] as string, node, parent });
    }
    if (node.type === "MemberExpression") {
      const name = pathOf(node);
      if (name !== undefined) uses.push({ name, node, parent });
    }
  });
  return uses;
}

function isLabel(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined || parent["computed"] === true || parent["shorthand"] === true) {
    return false;
  }
  return (labels[parent.type] ?? []).some((field) => parent[field] === node);
}

const globals = new Set(["globalThis", "self", "window", "global"]);

/** `a.b` of a member expression, without a leading `globalThis.`. */
function pathOf(node: Node): string | undefined {
  const object = child(node, "object");
  const property = child(node, "property");
  if (object === undefined || property === undefined) return undefined;
  const last =
    node["computed"] === true ? property["value"] : (property["name"] as string | undefined);
  if (typeof last !== "string") return undefined;
  const first =
    object.type === "Identifier"
      ? (object["name"] as string)
      : object.type === "MemberExpression"
        ? pathOf(object)
        : undefined;
  if (first === undefined) return undefined;
  return globals.has(first) ? last : `${first}.${last}`;
}
