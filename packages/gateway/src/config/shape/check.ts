/** Whether what somebody wrote has its shape; if not, where it differs, and what to write. */
import { type Complaints, didYouMean, nearestName } from "sluice";
import { checkSchema } from "../schema/check-schema.ts";
import { isObject } from "../schema/json-schema.ts";
import { durationText } from "../written.ts";
import {
  checkChoice,
  checkDuration,
  checkFlag,
  checkJson,
  checkNumber,
  checkSize,
  checkText,
  shown,
  wrong,
} from "./check-scalar.ts";
import type { Members, Of, Shape, TypeName } from "./shape.ts";

type Checks = {
  readonly [K in Shape["kind"]]: (
    at: string,
    value: unknown,
    shape: Of<K>,
    complaints: Complaints,
  ) => void;
};

const CHECKS: Checks = {
  text: checkText,
  number: checkNumber,
  flag: checkFlag,
  choice: checkChoice,
  duration: checkDuration,
  size: checkSize,
  schema: (at, value, _, complaints) => void checkSchema(at, value, complaints),
  json: checkJson,
  scalar(at, value, _, complaints) {
    if (["string", "number", "boolean"].includes(typeof value)) return;
    wrong(at, value, "a text, a number, or true or false", complaints);
  },
  list(at, value, { of, least = 0 }, complaints) {
    if (!Array.isArray(value)) wrong(at, value, "a list: [ … ]", complaints);
    else if (value.length < least) {
      complaints.add(at, "is empty", "name at least one, or leave it out");
    } else {
      for (const [index, one] of value.entries()) checkShape(`${at}.${index}`, one, of, complaints);
    }
  },
  map(at, value, shape, complaints) {
    if (isObject(value)) checkNames(at, value, shape, complaints);
    else wrong(at, value, `an object: { <${shape.name}>: … }`, complaints);
  },
  object(at, value, { members }, complaints) {
    if (isObject(value)) checkMembers(at, value, members, complaints);
    else wrong(at, value, "an object: { … }", complaints);
  },
  "one of": checkOneOf,
  kinds(at, value, { what, by }, complaints) {
    const kinds = Object.keys(by);
    const kind = isObject(value) ? value["kind"] : undefined;
    if (typeof kind !== "string") {
      const forms = kinds.map((name) => `{ kind: "${name}" }`).join(" or ");
      complaints.add(at, `is no ${what}`, `write ${forms}`);
    } else if (!complaints.unknownName(`${at}.kind`, what, kind, kinds)) {
      checkShape(at, value, by[kind], complaints);
    }
  },
  either(at, value, { by }, complaints) {
    const type = typeOf(value);
    const inner = type === undefined ? undefined : by[type];
    if (inner !== undefined) checkShape(at, value, inner, complaints);
    else {
      const words = Object.keys(by).map((name) => TYPE_WORDS[name as TypeName]);
      wrong(at, value, words.join(", or "), complaints);
    }
  },
};

export function checkShape(
  at: string,
  value: unknown,
  shape: Shape | undefined,
  complaints: Complaints,
): void {
  if (shape === undefined) return;
  const check = CHECKS[shape.kind] as Checks[keyof Checks] as (
    at: string,
    value: unknown,
    shape: Shape,
    complaints: Complaints,
  ) => void;
  check(at, value, shape, complaints);
}

function checkNames(at: string, value: object, shape: Of<"map">, complaints: Complaints): void {
  const entries = Object.entries(value);
  if (entries.length < (shape.least ?? 0)) {
    complaints.add(at, "is empty", `describe at least one ${shape.name}`);
  }
  for (const [name, one] of entries) {
    if (shape.form !== undefined && !shape.form.test(name)) {
      const advice = "use letters, digits, _ or -, starting with a letter";
      complaints.add(`${at}.${name}`, "is no name", advice);
    }
    if (one !== undefined) checkShape(`${at}.${name}`, one, shape.of, complaints);
  }
}

function checkMembers(at: string, value: object, members: Members, complaints: Complaints): void {
  const known = Object.keys(members);
  complaints.unknownMembers(at, value, known);
  // A name that is nearly right was reported above; that it is missing as well helps nobody.
  const meant = new Set(Object.keys(value).map((name) => nearestName(name, known)));
  for (const [name, { shape, required }] of Object.entries(members)) {
    const place = at === "" ? name : `${at}.${name}`;
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) checkShape(place, member, shape, complaints);
    else if (required && !meant.has(name)) {
      complaints.add(place, "is missing", `add ${name}: ${example(shape)}`);
    }
  }
}

/** How a missing member might look. */
function example(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return `"${shape.like}"`;
    case "number":
      return `<${shape.min} to ${shape.max}>`;
    case "choice":
      return shape.of.map((one) => `"${one}"`).join(" or ");
    case "duration":
      return `"${durationText(shape.minMs)}" or more`;
    case "list":
      return "[ … ]";
    case "either":
      return [...new Set(Object.values(shape.by).map(example))].join(" or ");
    default:
      return "{ … }";
  }
}

function checkOneOf(at: string, value: unknown, shape: Of<"one of">, complaints: Complaints): void {
  const names = Object.keys(shape.by);
  const forms = names.map((name) => `{ ${name}: … }`).join(" or ");
  if (!isObject(value)) {
    const what = shape.hidden
      ? "a secret that is written here ends up in version control"
      : `${shown(value)} is not usable`;
    complaints.add(at, what, `write ${forms}`);
    return;
  }
  const [chosen, second] = names.filter((name) => value[name] !== undefined);
  const strangers = Object.keys(value).filter((name) => !names.includes(name));
  const near = strangers.find((name) => nearestName(name, names) !== undefined);
  if (second !== undefined && !belongs(second, chosen, shape)) {
    complaints.add(at, `is two at once: ${chosen} and ${second}`, `write ${forms}`);
  } else if (chosen !== undefined) checkShape(at, value, shape.by[chosen], complaints);
  else if (near !== undefined) {
    complaints.add(`${at}.${near}`, "nothing reads this", didYouMean(near, names));
  } else complaints.add(at, `is no ${shape.what}`, `write ${forms}`);
}

/** A name that tells one form can be a member of another, too. */
function belongs(name: string, chosen: string | undefined, { by }: Of<"one of">): boolean {
  const inner = chosen === undefined ? undefined : by[chosen];
  return inner?.kind === "object" && name in inner.members;
}

const TYPE_WORDS: Readonly<Record<TypeName, string>> = {
  text: "a text",
  number: "a number",
  flag: "true or false",
  list: "a list: [ … ]",
  object: "an object: { … }",
};

function typeOf(value: unknown): TypeName | undefined {
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "flag";
  if (Array.isArray(value)) return "list";
  return isObject(value) ? "object" : undefined;
}
