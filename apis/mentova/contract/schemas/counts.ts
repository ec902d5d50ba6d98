// Whole numbers in a query, which arrive as text.

import { z } from "zod";

/** Digits only: `Number` alone would also read "", " 5 ", "1e3" and "0x10". */
const digits = /^\d{1,15}$/;

function wholeNumber(min: number, max?: number) {
  const number = max === undefined ? z.int().min(min) : z.int().min(min).max(max);
  return z.preprocess((text) => (isDigits(text) ? Number(text) : text), number).optional();
}

function isDigits(text: unknown): text is string {
  return typeof text === "string" && digits.test(text);
}

/** How many to answer. No maximum: the API cuts a larger number to 200 without a word. */
export const limit = wholeNumber(1);
export const offset = wholeNumber(0);
export const page = wholeNumber(1);
export const days = wholeNumber(1, 365);
