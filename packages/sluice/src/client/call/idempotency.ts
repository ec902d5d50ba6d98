/** What makes a call safe to repeat: its method, or a key by which the server knows it again. */
import { type AnyWire, IDEMPOTENCY_KEY } from "../../contract/index.ts";

const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export interface Repeatable {
  readonly headers: Readonly<Record<string, string>>;
  readonly canRepeat: boolean;
  /** The same where it is made anew by its caller, who knows nothing of a key that is added here. */
  readonly isKnownAgain: boolean;
}

/**
 * Adds an `Idempotency-Key` wherever the contract says that the operation takes one. A key that the caller chose counts
 * where the contract accepts it, and without a contract: whoever sends one knows.
 */
export function makeRepeatable(
  method: string,
  headers: Readonly<Record<string, string>>,
  operation: string | undefined,
  wire: AnyWire | undefined,
  newKey: () => string,
): Repeatable {
  // Done twice, these do what done once they do (RFC 9110 §9.2.2).
  if (IDEMPOTENT.has(method)) return { headers, canRepeat: true, isKnownAgain: true };
  const isGiven = headers[IDEMPOTENCY_KEY.toLowerCase()] !== undefined;
  const isTaken = operation !== undefined && wire?.operations[operation]?.idempotency === true;
  if (isGiven) {
    const isAccepted = isTaken || wire === undefined;
    return { headers, canRepeat: isAccepted, isKnownAgain: isAccepted };
  }
  if (!isTaken) return { headers, canRepeat: false, isKnownAgain: false };
  const withKey = { ...headers, [IDEMPOTENCY_KEY.toLowerCase()]: newKey() };
  return { headers: withKey, canRepeat: true, isKnownAgain: false };
}
