// When two names are one.

/** Names that a reader would take for the same one fold to the same text. */
export function foldName(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
