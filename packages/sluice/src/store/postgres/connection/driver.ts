// The slice of `pg` (node-postgres) that the stores use. The user makes the pool and passes it, so the library
// depends on no driver and brings none.

/** `new pg.Pool(…)`, of the stores' own: they set time limits on its connections. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

export interface PostgresClient {
  query(query: DriverQuery): Promise<{ readonly rows: unknown[] }>;
  query(query: Submitted): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  /** Back to the pool, or out of the world. */
  release(destroy?: boolean): void;
}

/** A statement as the driver takes it: prepared once on each connection, its rows as arrays of text. */
export interface DriverQuery {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
  readonly rowMode: "array";
  readonly types: { getTypeParser(): (text: string) => unknown };
}

/** What the driver calls a `Submittable`: by it a COPY talks to the connection itself, as `pg-copy-streams` does. */
export interface Submitted {
  submit(connection: DriverConnection): void;
}

export interface DriverConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}
