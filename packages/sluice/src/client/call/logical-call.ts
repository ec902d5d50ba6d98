/** One call as its caller means it, however many times it is sent. */
import type { Priority } from "../policy/queue-line.ts";
import type { TransportBody } from "../transport/transport.ts";

export interface LogicalCall {
  /** Of the contract; undefined for what is no operation of it, and without a contract. */
  readonly operation: string | undefined;
  readonly method: string;
  readonly url: string;
  /** False for another server: it shares neither key nor window with the API. */
  readonly isOwn: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TransportBody | undefined;
  /** What the input was, for the log record of a failure. */
  readonly parameters: unknown;
  /** Whether sending it twice does what sending it once does, and it can be sent twice at all. */
  readonly canRepeat: boolean;
  readonly attemptsMax: number;
  readonly priority: Priority;
  readonly totalMs: number;
  /** Whether the body is read whole, within the attempt, or handed on as it comes. */
  readonly reads: "text" | "stream";
  readonly signal: AbortSignal | undefined;
}
