// What the schemas of the admin API are made of: ids, times, credits, and lists by cursor.

import { z } from "zod";

/** A text that every store can keep: PostgreSQL has no place for U+0000. */
function storable(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);
}

/** Of a record that is there, which an embedder may have given any id. */
export const id = storable(300);
/** What is looked for. */
export const word = storable(300);
/** Of a record that is made here. */
export const newId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/);
/** One line. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u);
export const text = storable(2_000).trim().min(1);
/** Milliseconds since 1970. */
export const atMs = z.int().min(0);
export const count = z.int().min(0);

export const creditsMax = 1_000_000_000_000;
export const credits = z.int().min(0);
/** Credits a calendar month (UTC). */
export const budget = z.int().min(0).max(creditsMax);

const timeMaxMs = 253_402_300_799_999;
/** A time that somebody gives: up to the year 9999. */
export const givenAtMs = z.int().min(0).max(timeMaxMs);

/** Digits only: `Number` alone would also read "", " 5 ", "1e3" and "0x10". */
const digits = /^\d{1,15}$/;

/** A whole number in a query, where it arrives as text. */
export function wholeNumber(min: number, max: number): z.ZodType<number, number | string> {
  const read = (text: unknown) =>
    typeof text === "string" && digits.test(text) ? Number(text) : text;
  return z.preprocess(read, z.int().min(min).max(max)) as z.ZodType<number, number | string>;
}

export const queriedAtMs: z.ZodType<number, number | string> = wholeNumber(0, timeMaxMs);

/** True or false in a query. */
export const flag = z.preprocess(
  (text: unknown) => (text === "true" ? true : text === "false" ? false : text),
  z.boolean(),
) as z.ZodType<boolean, boolean>;

/** The query of every list. The cursor is what the page before called `next`. */
export const listed = {
  limit: wholeNumber(1, 100).default(50),
  cursor: z.string().min(1).max(600).optional(),
};

/** A page of a list; `next` is null behind the last one. A page may be short and still have a next one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next: z.string().nullable() });
}

export const ofAccount = z.object({ accountId: id });
