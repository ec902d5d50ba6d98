// Reads the members of a body or query that should already fit a schema. It never throws: the
// first member that does not fit is remembered as a failure, and a harmless value stands in for it.
// `null` says nothing, as a member that is left out does.

import { Failure } from "./failure.ts";

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Lengths are in UTF-16 units, as everywhere in JavaScript. */
interface TextRule {
  readonly min?: number;
  readonly max: number;
}

export class Fields {
  /** Ask for this after reading, and before using, the members. */
  failure: Failure | undefined;
  readonly #read: (field: string) => unknown;
  readonly #numberIn: (value: unknown) => unknown;

  private constructor(
    read: (field: string) => unknown,
    numberIn: (value: unknown) => unknown = (value) => value,
  ) {
    this.#read = (field) => read(field) ?? undefined;
    this.#numberIn = numberIn;
  }

  static ofBody(body: unknown): Fields {
    const members = membersOf(body);
    if (members) return new Fields((field) => members.get(field));
    const fields = new Fields(() => undefined);
    fields.failure = new Failure("unacceptable", "The body must be a JSON object.");
    return fields;
  }

  static ofQuery(query: URLSearchParams): Fields {
    return new Fields(
      (field) => query.get(field),
      (text) => (/^\d{1,15}$/.test(String(text)) ? Number(text) : text),
    );
  }

  /** The member as it is, for whoever knows better how to read it. */
  any(field: string): unknown {
    return this.#read(field);
  }

  text(field: string, rule: TextRule): string {
    return this.optionalText(field, rule) ?? this.reject(field, "is required", "");
  }

  optionalText(field: string, { min = 1, max }: TextRule): string | undefined {
    const value = this.#read(field);
    if (value === undefined || isText(value, { min, max })) return value;
    return this.reject(field, `must be a text of ${min} to ${max} characters`, undefined);
  }

  texts(field: string, { most, max }: { most: number; max: number }): readonly string[] {
    const value = this.#read(field) ?? [];
    if (
      Array.isArray(value) &&
      value.length <= most &&
      value.every((item) => isText(item, { min: 1, max }))
    ) {
      return value;
    }
    return this.reject(field, `must list at most ${most} texts of 1 to ${max} characters`, []);
  }

  flag(field: string): boolean {
    const value = this.#read(field) ?? false;
    return typeof value === "boolean" ? value : this.reject(field, "must be true or false", false);
  }

  whole(field: string, range: Range): number | undefined {
    const read = this.#read(field);
    if (read === undefined) return undefined;
    const value = this.#numberIn(read);
    const isWhole = typeof value === "number" && Number.isSafeInteger(value);
    if (isWhole && value >= range.min && value <= range.max) return value;
    const rule = `must be a whole number from ${range.min} to ${range.max}`;
    return this.reject(field, rule, undefined);
  }

  choice<T extends string>(field: string, options: readonly T[]): T | undefined {
    const value = this.#read(field);
    if (value === undefined) return undefined;
    const option = options.find((candidate) => candidate === value);
    return option ?? this.reject(field, `must be one of ${options.join(", ")}`, undefined);
  }

  requiredChoice<T extends string>(field: string, options: readonly T[], standIn: T): T {
    return this.choice(field, options) ?? this.reject(field, "is required", standIn);
  }

  reject<T>(field: string, rule: string, standIn: T): T {
    this.failure ??= new Failure("unacceptable", `${field} ${rule}.`, field);
    return standIn;
  }
}

/** The members of a JSON object, and nothing that it inherits. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map<string, unknown>(Object.entries(value));
}

function isText(value: unknown, { min, max }: Range): value is string {
  return (
    typeof value === "string" &&
    value.length >= min &&
    value.length <= max &&
    (min === 0 || value.trim() !== "")
  );
}
