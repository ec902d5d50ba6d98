/** One call as its caller means it, however many times it is sent. */
import type { AnyWire, Completion } from "../../contract/index.ts";
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
  /** Whether its caller may make it anew: a safe method, or a key of the caller's own. */
  readonly isKnownAgain: boolean;
  readonly attemptsMax: number;
  readonly priority: Priority;
  readonly totalMs: number;
  /** Whether the body is read whole, within the attempt; handed on as it comes; or read event by event by us. */
  readonly reads: "text" | "stream" | "events";
  readonly signal: AbortSignal | undefined;
}

/** The event that ends its stream, where the contract says. */
export function completionOf(
  { operation = "" }: LogicalCall,
  { wire }: { readonly wire: AnyWire | undefined },
): Completion | undefined {
  return wire?.operations[operation]?.stream?.completion;
}
