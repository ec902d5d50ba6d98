/** Parameters of an operation: those of path and query as one schema each; of others it is said what becomes of them. */
import type { Complaints } from "sluice";
import { isObject, type JsonSchema } from "../schema/json-schema.ts";
import type { ListStyles } from "../schema/parameter-text.ts";
import type { Documents, Found } from "./documents.ts";
import type { SchemaReader } from "./schemas.ts";

export interface Parameters {
  readonly params?: JsonSchema;
  readonly query?: JsonSchema;
  readonly styles: ListStyles;
}

interface Reading {
  readonly documents: Documents;
  readonly schemas: SchemaReader;
  readonly complaints: Complaints;
}

/** `lists` are those of the path item and of the operation; of two with one name the later counts. */
export function parametersFrom(lists: readonly Found[], reading: Reading): Parameters {
  const byName = new Map<string, Found>();
  for (const list of lists) {
    if (!Array.isArray(list.value)) continue;
    for (const index of list.value.keys()) {
      const found = reading.documents.followed(reading.documents.within(list, String(index)));
      if (found === undefined || !isObject(found.value)) continue;
      byName.set(`${found.value["in"]} ${found.value["name"]}`, found);
    }
  }
  const path = new Group();
  const query = new Group();
  const styles: Record<string, "," | " " | "|"> = {};
  for (const found of byName.values()) {
    const { in: where, name } = found.value as { in?: unknown; name?: unknown };
    if (where !== "path" && where !== "query") {
      const what = `the ${where} parameter ${name} is not checked`;
      reading.schemas.notice(found, what, "it goes to the upstream as it is");
      continue;
    }
    const read = readParameter(found, where, reading);
    if (read === undefined) continue;
    (where === "path" ? path : query).add(String(name), read.schema, read.required);
    if (read.between !== undefined) styles[String(name)] = read.between;
  }
  return {
    ...(path.schema && { params: path.schema }),
    ...(query.schema && { query: query.schema }),
    styles,
  };
}

interface Read {
  readonly schema: JsonSchema | boolean;
  readonly required: boolean;
  readonly between?: "," | " " | "|" | undefined;
}

function readParameter(found: Found, where: "path" | "query", reading: Reading): Read | undefined {
  const { schema, content, style, required, explode } = found.value as Record<string, unknown>;
  const isRequired = where === "path" || required === true;
  const unread = (what: string): Read | undefined => {
    reading.schemas.notice(found, what, "the upstream must check it");
    return where === "path" ? { schema: true, required: true } : undefined;
  };
  if (content !== undefined) return unread("a parameter with content is not checked");
  if (style !== undefined && !STYLES[where].includes(String(style))) {
    return unread(`parameters in the style ${style} are not checked`);
  }
  if (schema === undefined) return { schema: true, required: isRequired };
  const read = reading.schemas.read(reading.documents.within(found, "schema"), reading.complaints);
  if (read === undefined) return undefined;
  if (holdsObject(read)) return unread("a parameter that is an object is not checked");
  const isOneText = where === "path" || (explode ?? (style ?? "form") === "form") === false;
  const between = isOneText ? (BETWEEN[String(style)] ?? ",") : undefined;
  return { schema: read, required: isRequired, between };
}

const STYLES = { path: ["simple"], query: ["form", "spaceDelimited", "pipeDelimited"] };
const BETWEEN: Readonly<Record<string, "," | " " | "|">> = {
  spaceDelimited: " ",
  pipeDelimited: "|",
};

function holdsObject({ type, properties }: JsonSchema): boolean {
  return type === "object" || properties !== undefined;
}

/** Parameters as the members of one object; what each refers to gets names of its own. */
class Group {
  readonly #properties: Record<string, JsonSchema | boolean> = {};
  readonly #required: string[] = [];
  readonly #defs: Record<string, JsonSchema | boolean> = {};

  add(name: string, schema: JsonSchema | boolean, isRequired: boolean): void {
    if (isRequired) this.#required.push(name);
    if (typeof schema === "boolean") {
      this.#properties[name] = schema;
      return;
    }
    // One file, one name: the same part under the same name.
    const { $defs = {}, ...own } = schema;
    Object.assign(this.#defs, $defs);
    this.#properties[name] = own;
  }

  get schema(): JsonSchema | undefined {
    if (Object.keys(this.#properties).length === 0) return undefined;
    const hasDefs = Object.keys(this.#defs).length > 0;
    return {
      type: "object",
      properties: this.#properties,
      ...(this.#required.length > 0 && { required: this.#required }),
      ...(hasDefs && { $defs: this.#defs }),
    };
  }
}
