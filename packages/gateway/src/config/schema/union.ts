/**
 * `anyOf` and `oneOf` where we look for what is wrong. ajv reports what is wrong with every alternative; whoever sent the
 * value meant one of them, so it is that one which speaks, or the union as a whole.
 */
import type { Ajv2020, AnySchema, ErrorObject, FuncKeywordDefinition } from "ajv/dist/2020.js";
import { isObject } from "./json-schema.ts";

type Keyword = "anyOf" | "oneOf";
type Found = Partial<ErrorObject>;

/** What is wrong about a value of the right kind: length, size, format. */
const CHECKS: ReadonlySet<string> = new Set([
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
]);

export function unionKeyword(keyword: Keyword): FuncKeywordDefinition {
  return {
    keyword,
    schemaType: "array",
    errors: "full",
    compile(alternatives: readonly AnySchema[], _parent, { self }) {
      const union = new Union(self as Ajv2020, keyword, alternatives);
      const check = (data: unknown, context?: { instancePath: string }) => {
        const above = context?.instancePath ?? "";
        check.errors = union
          .faults(data)
          .map((fault) => ({ ...fault, instancePath: `${above}${fault.instancePath}` }));
        return check.errors.length === 0;
      };
      check.errors = [] as Found[];
      return check;
    },
  };
}

/** The alternatives, compiled when one is asked for: most unions never fail, and schemas may go round in circles. */
class Union {
  readonly #ajv: Ajv2020;
  readonly #keyword: Keyword;
  readonly #alternatives: readonly AnySchema[];
  /** Undefined until somebody asks: what references lead to is not compiled before. */
  #tag: { readonly is: Tag | undefined } | undefined;

  constructor(ajv: Ajv2020, keyword: Keyword, alternatives: readonly AnySchema[]) {
    this.#ajv = ajv;
    this.#keyword = keyword;
    this.#alternatives = alternatives;
  }

  #faultsIn(alternative: AnySchema, data: unknown): readonly Found[] {
    // Compiled once: ajv remembers each object.
    const check = this.#ajv.compile(alternative);
    return check(data) ? [] : (check.errors ?? []);
  }

  #tagOfAlternatives(): Tag | undefined {
    this.#tag ??= {
      is: this.#keyword === "oneOf" ? tagOf(this.#ajv, this.#alternatives) : undefined,
    };
    return this.#tag.is;
  }

  /** What is wrong with the value; nothing where it is right. */
  faults(data: unknown): readonly Found[] {
    const whole: Found = { instancePath: "", keyword: this.#keyword };
    const tag = this.#tagOfAlternatives();
    if (tag !== undefined && isObject(data)) {
      const chosen = tag.words.get(Object.hasOwn(data, tag.name) ? data[tag.name] : undefined);
      if (chosen !== undefined) return this.#faultsIn(chosen, data);
      return [
        { ...whole, instancePath: `/${tag.name.replaceAll("~", "~0").replaceAll("/", "~1")}` },
      ];
    }
    const faults = this.#alternatives.map((one) => this.#faultsIn(one, data));
    const fitting = faults.filter((list) => list.length === 0).length;
    if (fitting === 1 || (fitting > 0 && this.#keyword === "anyOf")) return [];
    if (fitting > 1) return [whole];
    return meant(faults, data, this.#alternatives) ?? [whole];
  }
}

/** The one alternative that was meant: the only one that is not about null, or the only one whose kind is right. */
function meant(
  faults: readonly (readonly Found[])[],
  data: unknown,
  alternatives: readonly unknown[],
): readonly Found[] | undefined {
  const isNull = (one: unknown) => isObject(one) && one["type"] === "null";
  const others = data === null ? faults : faults.filter((_, i) => !isNull(alternatives[i]));
  if (others.length === 1) return others[0];
  const close = others.filter((list) => list.every((f) => CHECKS.has(f.keyword ?? "")));
  return close.length === 1 ? close[0] : undefined;
}

/** The member by whose words the alternatives are told apart. */
interface Tag {
  readonly name: string;
  readonly words: ReadonlyMap<unknown, AnySchema>;
}

/** Each alternative requires the member, and no word stands in two. */
function tagOf(ajv: Ajv2020, alternatives: readonly AnySchema[]): Tag | undefined {
  const all = alternatives.map((one) => wordsOf(ajv, one));
  for (const name of all[0]?.keys() ?? []) {
    const lists = all.map((own) => own.get(name));
    if (!lists.every((list) => list !== undefined)) continue;
    const words = new Map<unknown, AnySchema>();
    for (const [index, alternative] of alternatives.entries()) {
      for (const word of lists[index] ?? []) words.set(word, alternative);
    }
    if (words.size === lists.flat().length) return { name, words };
  }
  return undefined;
}

/** The required members of an object that may hold a few words only. */
function wordsOf(ajv: Ajv2020, schema: unknown, depth = 0): Map<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  if (!isObject(schema) || depth > 8) return found;
  const { $ref, allOf, properties, required } = schema;
  const parts: unknown[] = Array.isArray(allOf) ? [...allOf] : [];
  if (typeof $ref === "string") parts.push(ajv.getSchema($ref)?.schema);
  for (const part of parts) {
    for (const [name, words] of wordsOf(ajv, part, depth + 1)) found.set(name, words);
  }
  for (const [name, member] of Object.entries(isObject(properties) ? properties : {})) {
    if (!isObject(member) || !Array.isArray(required) || !required.includes(name)) continue;
    if (Array.isArray(member["enum"])) found.set(name, member["enum"]);
    else if (member["const"] !== undefined) found.set(name, [member["const"]]);
  }
  return found;
}
