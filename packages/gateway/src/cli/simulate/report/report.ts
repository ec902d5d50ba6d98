// A report as data: plain sentences first, then pictures with the numbers behind them. The same one is printed, and written as
// a page that a person can send on.

export interface Report {
  readonly title: string;
  /** What came of it, in sentences for somebody who has no time. */
  readonly summary: readonly string[];
  readonly sections: readonly Section[];
  /** What was assumed, and how to have the same again. */
  readonly notes: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly table: Table }
  /** To be typed. */
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "picture"; readonly picture: Picture };

export interface Table {
  /** What it is a table of. */
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align?: "right" }[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

/** A picture of any kind: it draws itself to a width, and says itself where nothing can be drawn. */
export interface Picture {
  readonly title: string;
  /** What is to be seen, in a sentence, for whoever cannot see it. */
  readonly says: string;
  /**
   * The drawing without its frame, in classes of the page's style.
   * @param width In pixels; text keeps its size.
   */
  readonly draw: (width: number) => Drawing;
  /** For a terminal. */
  readonly lines: (width: number) => readonly string[];
  /** The numbers behind it. */
  readonly table: Table;
}

export interface Drawing {
  readonly height: number;
  /** SVG. */
  readonly inside: string;
}
