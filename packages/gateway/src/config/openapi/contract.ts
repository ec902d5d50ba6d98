/** A contract that begins with an OpenAPI file: its operations, and what the configuration adds to them and changes. */
import { type Complaints, didYouMean } from "sluice";
import type { QueryStyles } from "../contract/from-data.ts";
import type { ContractConfig, OpenApiContractConfig, OperationConfig } from "../contract-config.ts";
import { isObject } from "../schema/json-schema.ts";
import type { Surroundings } from "../surroundings.ts";
import { Documents, type Found } from "./documents.ts";
import { namesIn, operationsOf, type ReadOperation } from "./operation.ts";
import { SchemaReader } from "./schemas.ts";

interface Whole {
  readonly contract: ContractConfig;
  readonly styles: QueryStyles;
}

/** Undefined, with complaints, where the file cannot be read or says what no contract can. */
export function withOperations(
  written: OpenApiContractConfig,
  around: Surroundings,
  notices: Complaints,
): Whole | undefined {
  const { complaints } = around;
  const before = complaints.list.length;
  const documents = new Documents(written.openapi, around);
  const root = documents.root();
  if (root === undefined || !isKnownVersion(root, documents)) return undefined;
  const { openapi: _, leaveOut = [], operations: changes = {}, title, ...terms } = written;
  const isOld = String(Object(root.value)["openapi"]).startsWith("3.0");
  const schemas = new SchemaReader(documents, isOld, notices);
  const read = operationsOf(root, {
    documents,
    schemas,
    complaints,
    leftOut: new Set(leaveOut),
  });
  checkNames(read, documents);
  tellOfTheRest(root, documents, schemas);
  const merged = merge(read, changes, complaints);
  checkLeftOut(leaveOut, namesIn(root, documents), complaints);
  if (complaints.list.length > before) return undefined;
  const { title: named } = Object(documents.within(root, "info").value);
  const contract = {
    ...terms,
    title: title ?? (typeof named === "string" && named.trim() !== "" ? named : "API"),
    basePath: terms.basePath ?? basePathOf(root, documents, schemas),
    operations: merged,
  };
  return { contract, styles: Object.fromEntries(read.map(({ name, styles }) => [name, styles])) };
}

function isKnownVersion(root: Found, documents: Documents): boolean {
  const version: unknown = isObject(root.value) ? root.value["openapi"] : undefined;
  if (typeof version === "string" && /^3\.[01]\.\d+/.test(version)) return true;
  const what =
    isObject(root.value) && root.value["swagger"] !== undefined
      ? "is Swagger 2.0"
      : `has the version ${version === undefined ? "of nothing" : version}`;
  documents.complain(root, what, "give an OpenAPI file of version 3.0 or 3.1");
  return false;
}

/** Parts of the file that are about the whole of it. */
const NOT_READ: readonly (readonly [path: readonly string[], advice: string])[] = [
  [["webhooks"], "the upstream makes these calls by itself"],
  [["security"], "callers send the keys of contract.key"],
  [["components", "securitySchemes"], "callers send the keys of contract.key"],
];

function tellOfTheRest(root: Found, documents: Documents, schemas: SchemaReader): void {
  for (const [path, advice] of NOT_READ) {
    const found = documents.within(root, ...path);
    if (found.value === undefined) continue;
    schemas.notice(
      found,
      `${path.at(-1)} are not read`.replace("security are", "security is"),
      advice,
    );
  }
}

function checkNames(read: readonly ReadOperation[], documents: Documents): void {
  const first = new Map<string, ReadOperation>();
  for (const operation of read) {
    const other = first.get(operation.name);
    if (other === undefined) first.set(operation.name, operation);
    else {
      const what = `"${operation.name}" is the name of ${documents.place(other.found)}, too`;
      documents.complain(operation.found, what, "give each an operationId of its own");
    }
  }
}

function merge(
  read: readonly ReadOperation[],
  changes: Readonly<Record<string, Partial<OperationConfig>>>,
  complaints: Complaints,
): Record<string, OperationConfig> {
  const merged: Record<string, OperationConfig> = {};
  for (const { name, config } of read) {
    merged[name] = whole({ ...config, ...changes[name] });
  }
  const names = read.map(({ name }) => name);
  for (const [name, change] of Object.entries(changes)) {
    if (Object.hasOwn(merged, name)) continue;
    if (change.method !== undefined && change.path !== undefined) {
      merged[name] = whole({ summary: `${change.method} ${change.path}`, ...change });
      continue;
    }
    const what = "the OpenAPI file has no such operation, and it has no method and path of its own";
    complaints.add(`contract.operations.${name}`, what, didYouMean(name, names));
  }
  return merged;
}

/** A body that goes through unread has no schema. */
function whole({ body, ...operation }: Partial<OperationConfig>): OperationConfig {
  const read = operation.passesBody || body === undefined ? {} : { body };
  return { ...operation, ...read } as OperationConfig;
}

function checkLeftOut(
  leaveOut: readonly string[],
  names: readonly string[],
  complaints: Complaints,
): void {
  for (const [index, name] of leaveOut.entries()) {
    complaints.unknownName(`contract.leaveOut.${index}`, "operation", name, names);
  }
}

/** The path of the first server. */
function basePathOf(root: Found, documents: Documents, schemas: SchemaReader): string {
  const servers = documents.within(root, "servers");
  const list = Array.isArray(servers.value) ? servers.value : [];
  const paths = list.map(pathOfServer);
  if (new Set(paths).size > 1) {
    const what = `only ${paths[0] || "/"} is served, the path of the first server`;
    schemas.notice(servers, what, "set contract.basePath to choose another");
  }
  return paths[0] ?? "";
}

function pathOfServer(server: unknown): string {
  const { url = "", variables = {} } = Object(server) as { url?: string; variables?: object };
  const filled = String(url).replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    String(Object(Reflect.get(variables, name))["default"] ?? name),
  );
  const { pathname } = new URL(filled, "http://server/");
  return pathname.replace(/\/+$/, "");
}
