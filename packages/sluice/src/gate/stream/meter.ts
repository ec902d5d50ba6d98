/** What a stream has cost until now: as its events say, or as the upstream tells beside them. */
import {
  at,
  COST,
  COST_COMMENT,
  headerIn,
  isCredits,
  type Price,
  type StreamEvent,
} from "../../contract/index.ts";

const COST_SAID = new RegExp(`^${COST_COMMENT} (\\d{1,10})$`);

/** What a flat list of headers says of the cost, where the price is said there. */
export function costIn(price: Price | undefined, headers: readonly string[]): number | undefined {
  if (price?.kind !== "at_most" || price.inHeader === undefined) return undefined;
  const text = headerIn(headers, COST) ?? "";
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

export class Meter {
  readonly #price: Price | undefined;
  readonly #held: number;
  /** The last member of the pointer: an event without it need not be parsed. */
  readonly #member: string;
  #seen: number | undefined;

  constructor(price: Price | undefined, held: number, headers: readonly string[]) {
    this.#price = price;
    this.#held = held;
    this.#seen = costIn(price, headers);
    const pointer = price?.kind === "at_most" ? price.inEvents : undefined;
    this.#member = JSON.stringify(pointer?.slice(pointer.lastIndexOf("/") + 1) ?? "");
  }

  note({ data, comments }: StreamEvent): void {
    for (const comment of comments) {
      const credits = Number(COST_SAID.exec(comment)?.[1]);
      if (isCredits(credits)) this.#seen = credits;
    }
    const price = this.#price;
    if (price?.kind !== "at_most" || price.inEvents === undefined) return;
    if (data?.includes(this.#member) !== true) return;
    const credits = at(parsed(data), price.inEvents);
    if (isCredits(credits)) this.#seen = credits;
  }

  /** What came behind the last piece. */
  noteTrailers(trailers: readonly string[]): void {
    this.#seen = costIn(this.#price, trailers) ?? this.#seen;
  }

  /** What a stream that came to its end cost: all that was held, where nobody said. */
  get whole(): number {
    return this.#isActual ? (this.#seen ?? this.#held) : this.#held;
  }

  /** What a stream that was cut short has cost: a fixed price once it began, else what was told until then. */
  get soFar(): number {
    return this.#isActual ? (this.#seen ?? 0) : this.#held;
  }

  get #isActual(): boolean {
    return this.#price?.kind === "at_most";
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
