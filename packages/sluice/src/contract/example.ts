/** Examples: requests and answers as documents show them, as they go over the wire. */

/** What a request holds beside its method, path and key. */
export interface InputExample {
  /** By the names in the path; not encoded yet. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An input that is accepted: the declaration is checked against the schemas. */
export interface OperationExample extends InputExample {
  /** The success body. */
  readonly output?: unknown;
}

/** A request that is refused. What it does not give is that of the operation's own example. */
export interface RefusedExample<Operation extends string = string> extends InputExample {
  readonly operation: Operation;
  readonly headers?: Readonly<Record<string, string>>;
  /** What must be the case for it to be refused, as a sentence. @default what the condition means */
  readonly given?: string;
}
