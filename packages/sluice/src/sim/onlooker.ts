// Who looks on at a run from outside: hears what callers saw, and changes nothing.

export interface Onlooker {
  /** A request leaves its caller. */
  sent?(request: SentRequest): void;
  /** A request is over for its caller. */
  answered?(request: AnsweredRequest): void;
  /** A call is over, with all its requests. */
  called?(call: EndedCall): void;
  /** The gate has charged a request. */
  charged?(charge: Charge): void;
}

/** Moments are of the world's time, from the beginning of the run. */
export interface SentRequest {
  readonly group: string;
  readonly operation: string;
  /** The call that it is for; its requests share it. */
  readonly call: string;
  readonly sentMs: number;
}

export interface AnsweredRequest extends SentRequest {
  readonly endedMs: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** As the contract spells a refusal; `no_answer`; undefined for a success. */
  readonly code: string | undefined;
  /** It says that something was decided without its store. */
  readonly isDegraded: boolean;
}

export interface EndedCall {
  readonly group: string;
  readonly operation: string;
  readonly call: string;
  readonly begunMs: number;
  readonly endedMs: number;
  readonly isDone: boolean;
}

export interface Charge {
  readonly call: string;
  readonly atMs: number;
  readonly credits: number;
  /** Whether work was done and answered for it. */
  readonly isDone: boolean;
}
