// Whole numbers as people type them: with spaces, commas or underscores between the digits.

/** Undefined for what is no whole number, or one that a computer cannot count to. */
export function wholeNumber(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,_]/g, "");
  if (!/^\d{1,15}$/.test(digits)) return undefined;
  return Number(digits);
}

/** What is wrong with it, for beside the field. Nothing typed is no mistake. */
export function wholeNumberWrong(text: string): string | undefined {
  const isFine = text.trim() === "" || wholeNumber(text) !== undefined;
  return isFine ? undefined : "This must be a whole number.";
}
