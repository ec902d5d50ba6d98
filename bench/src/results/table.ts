// What every benchmark gives, as data: tables of rows of figures. One renderer makes the terminal's text of them, one the
// scoreboard's Markdown, and one judge says what we lose.

export interface Table {
  /** Short; with a row's name it is what `--only` takes. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ResultRow[];
  /** The row that is a baseline against itself: how far it is off is the noise of the others. */
  readonly control?: string;
  /** What one must know to read the numbers. */
  readonly notes: readonly string[];
  /** Of more than one figure; a bar stands with its cell. */
  readonly aims: readonly Aim[];
  /** Names of the SVGs that were drawn of it, without their end. */
  readonly pictures: readonly string[];
  /** Why nothing of it may be quoted. */
  readonly fault?: string;
  /** Rows that could not be measured, and why; the others stand. */
  readonly failures?: readonly string[];
}

export interface Column {
  readonly heading: string;
  /** Which figure is the better one; a column without it is not compared between rows. */
  readonly better?: "less" | "more";
  /** Where a peer must not win. */
  readonly isSafety?: true;
  /** What the control reads where nothing disturbs it. @default 1, a ratio */
  readonly neutral?: 0 | 1;
}

/** Whose row it is: ours, somebody's whom we are compared with, or a floor or a ceiling that nobody sells. */
export type SideOf = "ours" | "peer" | "bound";

export interface ResultRow {
  readonly name: string;
  readonly side: SideOf;
  /** Rows are compared with ours of the same league. @default one for the whole table */
  readonly league?: string;
  /** The command that measures it alone. */
  readonly rerun: string;
  /** One for each column. */
  readonly cells: readonly Cell[];
}

/** One figure, as it is printed and as it is compared. */
export interface Cell {
  readonly text: string;
  /** What is compared; a figure without one is only shown. */
  readonly value?: number;
  /** What the value is the median of. */
  readonly rounds?: readonly number[];
  /** What the value was bought with: then a better value at a higher price is no win. */
  readonly price?: number;
  /** What it ought to be. */
  readonly bar?: Bar;
}

/** At least, or at most. */
export interface Bar {
  /** `≥ 0.85`. */
  readonly wanted: string;
  readonly least?: number;
  readonly most?: number;
  /** Whom one loses to below it. @default nobody: an aim of ours */
  readonly rival?: string;
}

/** What a figure, or several together, ought to be. */
export interface Aim {
  readonly text: string;
  readonly wanted: string;
  readonly figure: string;
  readonly isMet: boolean;
}
