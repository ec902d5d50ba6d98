// What a chart shows, and its table sums.

export interface ChartLine {
  readonly name: string;
  /** One of the stylesheet's colours: c0 to c7. */
  readonly tone: string;
  /** Null where nothing is known. */
  readonly values: readonly (number | null)[];
}

/** What a minute of the table says of its seconds. */
export type PerMinute = "sum" | "most";
