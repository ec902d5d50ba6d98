/** What there is to say of a JSON Schema: its places, which of them must be there, a value that fits and one that does not. */
import { type JsonSchema, schemaAt } from "../../contract/index.ts";

/** A place that a schema names: an item of a list is a 0. */
export type Place = readonly (string | number)[];

/** Deeper than documents show. */
const DEPTH_MAX = 6;

interface Walked {
  readonly place: Place;
  readonly required: boolean;
}

/** The members that a schema names, each before its own members. */
export function placesIn(root: JsonSchema): readonly Walked[] {
  const places: Walked[] = [];
  const walk = (place: Place): void => {
    const schema = schemaAt(root, place);
    if (schema === undefined || place.length > DEPTH_MAX) return;
    for (const part of [schema, ...alternativesIn(root, schema)]) {
      const required = new Set(listIn(part["required"]));
      for (const name of Object.keys(objectIn(part["properties"]) ?? {})) {
        if (places.some(({ place: known }) => isSame(known, [...place, name]))) continue;
        places.push({ place: [...place, name], required: required.has(name) });
        walk([...place, name]);
      }
    }
    if (objectIn(schema["items"]) !== undefined) walk([...place, 0]);
  };
  walk([]);
  return places;
}

/** As a refusal's `param` has it. */
export function paramOf(place: Place): string {
  return place.join(".");
}

/** A value that fits, made up: what the schema gives as an example, else the least that it takes. */
export function sampleOf(root: JsonSchema, place: Place = []): unknown {
  const schema = schemaAt(root, place);
  if (schema === undefined || place.length > DEPTH_MAX) return null;
  const [given] = listIn(schema["examples"]);
  const fixed = schema["const"] ?? listIn(schema["enum"])[0] ?? given ?? schema["default"];
  if (fixed !== undefined) return fixed;
  const [first] = alternativesIn(root, schema);
  const kind = kindOf(schema);
  if (kind === undefined && first !== undefined) return sampleOf(first);
  switch (kind) {
    case "object":
      return objectSample(root, schema, place);
    case "array":
      return Number(schema["minItems"] ?? 0) > 0 ? [sampleOf(root, [...place, 0])] : [];
    case "string":
      return textSample(schema, place);
    case "integer":
    case "number":
      return numberSample(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function objectSample(root: JsonSchema, schema: JsonSchema, place: Place): object {
  const names = listIn(schema["required"]).map(String);
  return Object.fromEntries(names.map((name) => [name, sampleOf(root, [...place, name])]));
}

function numberSample(schema: JsonSchema): number {
  const least = Number(schema["minimum"] ?? 0);
  return Math.abs(least) >= Number.MAX_SAFE_INTEGER ? 0 : least;
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-06-15T09:30:12.345Z",
  date: "2026-06-15",
  uri: "https://example.com/",
  email: "ann@example.com",
  uuid: "0199f3a2-6c1e-7b4d-9a57-3f1e8c2d4b60",
};

function textSample(schema: JsonSchema, place: Place): string {
  const format = FORMATS[String(schema["format"])];
  if (format !== undefined) return format;
  const name = place.findLast((part) => typeof part === "string") ?? "text";
  const text = /id$/i.test(String(name)) ? `${name}_1` : `A ${name}`;
  const [least, most] = [Number(schema["minLength"] ?? 0), Number(schema["maxLength"] ?? 100)];
  return text.padEnd(least, ".").slice(0, most);
}

/** A value that does not fit, as somebody might send it by mistake. */
export function wrongFor(schema: JsonSchema): unknown {
  const choices = listIn(
    schema["enum"] ?? (schema["const"] === undefined ? [] : [schema["const"]]),
  );
  if (choices.length > 0) return typeof choices[0] === "string" ? "something-else" : "none of them";
  switch (kindOf(schema)) {
    case "boolean":
      return "yes";
    case "integer":
    case "number":
      return "many";
    case "array":
    case "object":
      return "text";
    default:
      return 42;
  }
}

/** The schemas of a union, each with what it refers to in reach. */
function alternativesIn(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  const list = listIn(schema["anyOf"] ?? schema["oneOf"]);
  return list.flatMap((one) => {
    const alternative = objectIn(one);
    if (alternative === undefined) return [];
    const whole = { $defs: root["$defs"], definitions: root["definitions"], ...alternative };
    return [schemaAt(whole, []) ?? whole];
  });
}

/** Its type; of several, the first that is not null. */
export function kindOf(schema: JsonSchema): string | undefined {
  const { type } = schema;
  if (typeof type === "string") return type;
  const [first] = listIn(type).filter((one) => one !== "null");
  return typeof first === "string" ? first : undefined;
}

function isSame(a: Place, b: Place): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectIn(value: unknown): JsonSchema | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonSchema)
    : undefined;
}
