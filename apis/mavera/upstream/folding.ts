// When a text has another one in it, for whoever searches.

/** Texts that differ in capitals only fold to the same. */
export function foldText(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
