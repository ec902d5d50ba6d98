/** A schema of an OpenAPI file as one that stands alone: what it refers to goes along under `$defs`. */
import { Complaints } from "sluice";
import { FORMATS } from "../schema/ajv.ts";
import { checkSchema } from "../schema/check-schema.ts";
import { isObject, type JsonSchema, KEYWORDS } from "../schema/json-schema.ts";
import type { Documents, Found } from "./documents.ts";
import { modern } from "./modern-schema.ts";

type Node = Readonly<Record<string, unknown>>;

export class SchemaReader {
  readonly #documents: Documents;
  readonly #isOld: boolean;
  readonly #notices: Complaints;
  readonly #told = new Set<string>();
  readonly #names = new Names();

  constructor(documents: Documents, isOld: boolean, notices: Complaints) {
    this.#documents = documents;
    this.#isOld = isOld;
    this.#notices = notices;
  }

  /** Undefined, with complaints that name the places in the file, where it is no schema. */
  read(found: Found, complaints: Complaints): JsonSchema | undefined {
    const collecting = new Collecting(this.#names);
    const before = complaints.list.length;
    const own = this.#rebuild(found, collecting);
    const defs: Record<string, unknown> = {};
    for (let next = collecting.next(); next !== undefined; next = collecting.next()) {
      defs[next.name] = this.#rebuild(next.found, collecting);
    }
    const schema = isObject(own) && !collecting.isEmpty ? { ...own, $defs: defs } : own;
    const wrong = new Complaints();
    checkSchema("", schema, wrong);
    for (const { at, what, advice } of wrong.list) {
      complaints.add(this.#placeOf(at, found), what, advice);
    }
    return complaints.list.length > before ? undefined : (schema as JsonSchema);
  }

  /** What nobody can be held to, told once for each place. */
  notice(found: Pick<Found, "file" | "path">, what: string, advice: string): void {
    const place = this.#documents.place(found);
    if (this.#told.has(`${place} ${what}`)) return;
    this.#told.add(`${place} ${what}`);
    this.#notices.add(place, what, advice);
  }

  #rebuild(found: Found, collecting: Collecting): unknown {
    if (typeof found.value === "boolean") return found.value;
    if (!isObject(found.value)) return found.value;
    const { discriminator, ...schema } = modern(found.value, this.#isOld);
    const rebuilt: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      rebuilt[keyword] = this.#keyword(keyword, value, found, collecting);
    }
    if (typeof schema["format"] === "string" && !FORMATS.includes(schema["format"])) {
      this.notice(found, `nobody checks the format "${schema["format"]}"`, "write a pattern");
      delete rebuilt["format"];
    }
    if (discriminator === undefined) return rebuilt;
    return this.#discriminated(rebuilt, discriminator, found, collecting);
  }

  #keyword(keyword: string, value: unknown, found: Found, collecting: Collecting): unknown {
    // What was rebuilt on the way (nullable) stands in the file at the place of the whole.
    const part = (inner: unknown, ...path: string[]) =>
      this.#rebuild({ file: found.file, path: [...found.path, ...path], value: inner }, collecting);
    if (keyword === "$ref" && typeof value === "string") {
      const target = this.#documents.target(found, value);
      return target === undefined ? "#" : `#/$defs/${collecting.take(target)}`;
    }
    const holds = KEYWORDS.get(keyword);
    if (holds === "schema") return part(value, keyword);
    if (holds === "list" && Array.isArray(value)) {
      return value.map((one, index) => part(one, keyword, String(index)));
    }
    if (holds !== "map" || !isObject(value)) return value;
    const members = Object.entries(value).map(
      ([name, one]) => [name, part(one, keyword, name)] as const,
    );
    return Object.fromEntries(members);
  }

  /** Each alternative must bear its own word: its name in the file, or what the mapping says. */
  #discriminated(
    schema: Record<string, unknown>,
    discriminator: unknown,
    found: Found,
    collecting: Collecting,
  ): unknown {
    const { oneOf, anyOf, ...rest } = schema;
    const alternatives = oneOf ?? anyOf;
    const { propertyName: name, mapping = {} } = isObject(discriminator) ? discriminator : {};
    const isTagged =
      Array.isArray(alternatives) && alternatives.every((one) => isObject(one) && one["$ref"]);
    if (!isTagged || typeof name !== "string" || !isObject(mapping)) {
      const what = "nothing is checked by this discriminator";
      this.notice(
        { file: found.file, path: [...found.path, "discriminator"] },
        what,
        "put it beside a oneOf of references",
      );
      return schema;
    }
    const mapped = new Map<string, string[]>();
    for (const [word, to] of Object.entries(mapping)) {
      const reference = /[/#.]/.test(String(to)) ? String(to) : `#/components/schemas/${to}`;
      const target = this.#documents.target(found, reference);
      const key = `#/$defs/${target && collecting.take(target)}`;
      mapped.set(key, [...(mapped.get(key) ?? []), word]);
    }
    const tagged = alternatives.map((one: Node) => {
      const reference = String(one["$ref"]);
      const implicit = this.#names.found(reference.slice("#/$defs/".length))?.path.at(-1);
      const words = mapped.get(reference) ?? [implicit];
      const tag = { type: "object", required: [name], properties: { [name]: { enum: words } } };
      return { allOf: [one, tag] };
    });
    return { ...rest, oneOf: tagged };
  }

  #placeOf(at: string, found: Found): string {
    const keys = at.split(".").filter((key) => key !== "");
    const def = keys[0] === "$defs" ? this.#names.found(keys[1] ?? "") : undefined;
    const [base, rest] = def === undefined ? [found, keys] : [def, keys.slice(2)];
    return this.#documents.place({ file: base.file, path: [...base.path, ...rest] });
  }
}

/** A name of its own for each part that is referred to, the same in all schemas of the file. */
class Names {
  readonly #names = new Map<string, string>();
  readonly #found = new Map<string, Found>();

  of(found: Found): string {
    const address = `${found.file}#${found.path.join("/")}`;
    const known = this.#names.get(address);
    if (known !== undefined) return known;
    const wish = (found.path.at(-1) ?? "whole").replaceAll(/[^A-Za-z0-9_-]/g, "_");
    let name = wish;
    for (let more = 2; this.#found.has(name); more++) name = `${wish}_${more}`;
    this.#names.set(address, name);
    this.#found.set(name, found);
    return name;
  }

  found(name: string): Found | undefined {
    return this.#found.get(name);
  }
}

/** What one schema refers to, and what of it is still to be read. */
class Collecting {
  readonly #names: Names;
  readonly #seen = new Set<string>();
  readonly #waiting: { name: string; found: Found }[] = [];

  constructor(names: Names) {
    this.#names = names;
  }

  get isEmpty(): boolean {
    return this.#seen.size === 0;
  }

  next(): { readonly name: string; readonly found: Found } | undefined {
    return this.#waiting.shift();
  }

  take(found: Found): string {
    const name = this.#names.of(found);
    if (!this.#seen.has(name)) this.#waiting.push({ name, found });
    this.#seen.add(name);
    return name;
  }
}
