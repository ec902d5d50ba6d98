// A small, well-mixed hash. The stand-in has no models to ask, so every number of an "analysis" is
// drawn from the ids it belongs to: meaningless, but the same on every call and on every machine.

/** FNV-1a over UTF-16 units, then murmur3's finaliser; without it, like ids give like numbers. */
export function hash(...parts: readonly (string | number)[]): number {
  // A length before each part keeps ("ab", "c") and ("a", "bc") apart.
  const text = parts.map((part) => `${String(part).length}:${part}`).join("");
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** A made-up percentage between `low` and `high`, with one decimal like the documented ones. */
export function madeUpPercent(
  range: { readonly low: number; readonly high: number },
  ...parts: readonly (string | number)[]
): number {
  const fraction = hash(...parts) / 2 ** 32;
  return oneDecimal(range.low + fraction * (range.high - range.low));
}

export function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
