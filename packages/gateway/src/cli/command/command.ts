// A command as data: what it is called, what it takes, which options it reads. Usage, help and the parser are made from it.

export interface Option {
  /** What stands behind it, as usage writes it; without, it is said or not. */
  readonly takes?: string;
  readonly says: string;
  /** What holds where it is not said. */
  readonly otherwise?: string;
  /** May be said more than once. */
  readonly isMany?: true;
}

export interface Command {
  readonly says: string;
  /** What stands behind its name, in order; with a `?` what may be left out. */
  readonly takes?: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** Meant by its noun alone, too. */
  readonly isUsual?: true;
}

/** By name: a word, or a noun and a verb. */
export type Commands = Readonly<Record<string, Command>>;

type ValueOf<O> = O extends { readonly takes: string }
  ? O extends { readonly isMany: true }
    ? readonly string[]
    : string
  : boolean;

type ValuesOf<Options> = { readonly [Name in keyof Options]?: ValueOf<Options[Name]> };

/** What was typed for a command. */
export type Typed<C extends Command = Command> = ValuesOf<C["options"]> & {
  /** What stood behind the name. */
  readonly words: readonly string[];
};
