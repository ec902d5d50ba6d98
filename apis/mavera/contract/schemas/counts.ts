// Whole numbers in a query, which arrive as text, and the two ways in which lists are paged.

import { z } from "zod";

/** Digits only: `Number` alone would also read "", " 5 ", "1e3" and "0x10". */
const digits = /^\d{1,15}$/;

function wholeNumber(min: number, max: number, otherwise: number) {
  const number = z.int().min(min).max(max);
  return z.preprocess((text) => (isDigits(text) ? Number(text) : text), number).default(otherwise);
}

function isDigits(text: unknown): text is string {
  return typeof text === "string" && digits.test(text);
}

/** Pages that go on where the last one ended: the newer way, and the one of most lists. */
export const byCursor = {
  limit: wholeNumber(1, 100, 50),
  cursor: z.string().min(1).max(100).optional(),
};

/** Pages by position. */
export const byOffset = {
  limit: wholeNumber(1, 100, 20),
  offset: wholeNumber(0, 1_000_000, 0),
};
