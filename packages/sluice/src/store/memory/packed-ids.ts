// Request ids as numbers: a ring that kept thousands of new strings alive would make the collector
// copy each of them twice. A UUID is four words; anything else is kept as the text that it is.

const wordsPerId = 4;
const uuidLength = 36;
const dash = 0x2d;
/** The value of a hexadecimal digit by its character code, -1 for anything else; lower case only. */
const nibbles: Int8Array = new Int8Array(128).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries())
  nibbles[digit.charCodeAt(0)] = value;

/** Four digits of a text as a number, negative where one of them is none. */
function hex4(text: string, at: number): number {
  return (
    (nibble(text, at) << 12) |
    (nibble(text, at + 1) << 8) |
    (nibble(text, at + 2) << 4) |
    nibble(text, at + 3)
  );
}

function nibble(text: string, at: number): number {
  return nibbles[text.charCodeAt(at)] ?? -1;
}

/** As many ids as there are places, each written over as often as need be. */
export class PackedIds {
  readonly #words: Uint32Array;
  readonly #texts = new Map<number, string>();

  constructor(places: number) {
    this.#words = new Uint32Array(places * wordsPerId);
  }

  set(place: number, id: string): void {
    if (this.#texts.size > 0) this.#texts.delete(place);
    if (!this.#pack(place * wordsPerId, id)) this.#texts.set(place, id);
  }

  get(place: number): string {
    return this.#texts.get(place) ?? this.#unpack(place * wordsPerId);
  }

  #pack(start: number, id: string): boolean {
    if (id.length !== uuidLength || id.charCodeAt(8) !== dash || id.charCodeAt(13) !== dash) {
      return false;
    }
    if (id.charCodeAt(18) !== dash || id.charCodeAt(23) !== dash) return false;
    const [a, b, c, d] = [hex4(id, 0), hex4(id, 4), hex4(id, 9), hex4(id, 14)];
    const [e, f, g, h] = [hex4(id, 19), hex4(id, 24), hex4(id, 28), hex4(id, 32)];
    if ((a | b | c | d | e | f | g | h) < 0) return false;
    this.#words[start] = (a << 16) | b;
    this.#words[start + 1] = (c << 16) | d;
    this.#words[start + 2] = (e << 16) | f;
    this.#words[start + 3] = (g << 16) | h;
    return true;
  }

  #unpack(start: number): string {
    let hex = "";
    for (let word = 0; word < wordsPerId; word++) {
      hex += (this.#words[start + word] as number).toString(16).padStart(8, "0");
    }
    return [8, 12, 16, 20, 32].map((end, i, all) => hex.slice(all[i - 1] ?? 0, end)).join("-");
  }
}
