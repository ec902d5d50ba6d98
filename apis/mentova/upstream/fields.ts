// Reads the members of a body or query that should already fit a schema. It never throws: the
// first member that does not fit is remembered as a problem, and a harmless value stands in for it.

import { Problem } from "./problem.ts";

interface Range {
  readonly min: number;
  readonly max?: number;
}

export class Fields {
  /** Ask for this after reading, and before using, the members. */
  problem: Problem | undefined;
  readonly #read: (field: string) => unknown;

  private constructor(read: (field: string) => unknown) {
    this.#read = read;
  }

  static ofBody(body: unknown): Fields {
    if (typeof body === "object" && body !== null && !Array.isArray(body)) {
      const members = new Map<string, unknown>(Object.entries(body));
      return new Fields((field) => members.get(field));
    }
    const fields = new Fields(() => undefined);
    fields.problem = new Problem("unacceptable", "The body must be a JSON object.");
    return fields;
  }

  static ofQuery(query: URLSearchParams): Fields {
    return new Fields((field) => {
      const text = query.get(field);
      if (text === null) return undefined;
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    });
  }

  text(field: string): string {
    const value = this.optionalText(field);
    return value ?? this.#reject(field, "is required", "");
  }

  optionalText(field: string): string | undefined {
    const value = this.#read(field);
    if (value === undefined || isText(value)) return value;
    return this.#reject(field, "must be a non-empty string", undefined);
  }

  /** `null` says "none" where `undefined` says nothing. */
  nullableText(field: string): string | null | undefined {
    return this.#read(field) === null ? null : this.optionalText(field);
  }

  texts(field: string): readonly string[] | undefined {
    const value = this.#read(field);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every(isText)) return value;
    return this.#reject(field, "must be a list of non-empty strings", undefined);
  }

  flag(field: string): boolean | undefined {
    const value = this.#read(field);
    if (value === undefined || typeof value === "boolean") return value;
    return this.#reject(field, "must be true or false", undefined);
  }

  whole(field: string, { min, max = Number.MAX_SAFE_INTEGER }: Range): number | undefined {
    const value = this.#read(field);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) {
      return value;
    }
    const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    return this.#reject(field, `must be a whole number ${bounds}`, undefined);
  }

  choice<T extends string>(field: string, options: readonly T[]): T | undefined {
    const value = this.#read(field);
    if (value === undefined) return undefined;
    const option = options.find((candidate) => candidate === value);
    return option ?? this.#reject(field, `must be one of ${options.join(", ")}`, undefined);
  }

  requiredChoice<T extends string>(field: string, options: readonly T[], standIn: T): T {
    return this.choice(field, options) ?? this.#reject(field, "is required", standIn);
  }

  /** A choice of one or more, none of them twice: a repeated model would be paid for twice. */
  choices<T extends string>(field: string, options: readonly T[]): readonly T[] | undefined {
    const value = this.#read(field);
    if (value === undefined) return undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    const chosen = items.flatMap((item) => options.filter((option) => option === item));
    const distinct = new Set(items).size === items.length;
    if (items.length > 0 && distinct && chosen.length === items.length) return chosen;
    return this.#reject(field, `must list different values of ${options.join(", ")}`, undefined);
  }

  #reject<T>(field: string, rule: string, standIn: T): T {
    this.problem ??= new Problem("unacceptable", `${field} ${rule}.`, field);
    return standIn;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
