/** A small language for what a configuration may hold. The checker reads it, and so does the test of the documents. */

/** Names that headers, counters and logs can carry as they are. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export type Shape =
  | { readonly kind: "text"; readonly like: string; readonly form?: RegExp }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly what: string; readonly of: readonly string[] }
  | { readonly kind: "duration"; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: "size"; readonly minBytes: number; readonly maxBytes: number }
  /** A JSON Schema, which has a check of its own. */
  | { readonly kind: "schema" }
  /** Whatever JSON can say. */
  | { readonly kind: "json" }
  /** Text, number or boolean. */
  | { readonly kind: "scalar" }
  | { readonly kind: "list"; readonly of: Shape; readonly least?: number }
  /** Anything by names of the user's own. */
  | {
      readonly kind: "map";
      readonly of: Shape;
      readonly name: string;
      readonly least?: number;
      readonly form?: RegExp;
    }
  | { readonly kind: "object"; readonly members: Members }
  /** An object that is one of several, told apart by which of these members it has. */
  | {
      readonly kind: "one of";
      readonly what: string;
      readonly by: Readonly<Record<string, Shape>>;
      /** What stands there instead is never shown. */
      readonly hidden?: true;
    }
  /** An object that is one of several, told apart by the word in its member `kind`. */
  | { readonly kind: "kinds"; readonly what: string; readonly by: Readonly<Record<string, Shape>> }
  /** Told apart by the type of the value. */
  | { readonly kind: "either"; readonly by: Partial<Readonly<Record<TypeName, Shape>>> };

export type Of<K extends Shape["kind"]> = Extract<Shape, { readonly kind: K }>;

export type TypeName = "text" | "flag" | "number" | "list" | "object";

export interface Member {
  readonly shape: Shape;
  readonly required: boolean;
}

export type Members = Readonly<Record<string, Member>>;

export function needed(shape: Shape): Member {
  return { shape, required: true };
}

export function maybe(shape: Shape): Member {
  return { shape, required: false };
}

export function text(like: string, form?: RegExp): Shape {
  return { kind: "text", like, ...(form && { form }) };
}

export function number(min: number, max: number): Shape {
  return { kind: "number", min, max };
}

export function choice(what: string, of: readonly string[]): Shape {
  return { kind: "choice", what, of };
}

export function duration(minMs: number, maxMs: number): Shape {
  return { kind: "duration", minMs, maxMs };
}

export function size(minBytes: number, maxBytes: number): Shape {
  return { kind: "size", minBytes, maxBytes };
}

export function list(of: Shape, least = 0): Shape {
  return { kind: "list", of, least };
}

export function map(name: string, of: Shape, least = 0, form?: RegExp): Shape {
  return { kind: "map", name, of, least, ...(form && { form }) };
}

export function object(members: Members): Shape {
  return { kind: "object", members };
}

export const flag: Shape = { kind: "flag" };
export const schema: Shape = { kind: "schema" };
export const json: Shape = { kind: "json" };
