/** A call by the name of its operation, as the request that it becomes. */
import type { ClientSettings } from "../settings.ts";
import { makeRepeatable } from "./idempotency.ts";
import type { LogicalCall } from "./logical-call.ts";
import { type CallInput, createRequestBuilder } from "./request.ts";

/** What one call may have of its own. */
export type OwnOptions = Partial<
  Pick<LogicalCall, "signal" | "priority" | "totalMs"> & { readonly idempotencyKey: string }
>;

export type TypedCalls = (
  operation: string,
  input: CallInput,
  options: OwnOptions,
  reads: "text" | "events",
) => LogicalCall;

/** Whatever is the same for all calls is made once. */
export function createTypedCalls(client: ClientSettings): TypedCalls {
  const { wire, baseUrl } = client;
  if (wire === undefined) {
    return () => {
      throw new TypeError("call needs a contract; without one use fetch");
    };
  }
  const buildRequest = createRequestBuilder(wire);
  const headersFor = (accept: string) => {
    const bare = client.withKey({ accept }, `${baseUrl}/`);
    return { bare, withBody: { ...bare, "content-type": "application/json" } };
  };
  const headersOf = { text: headersFor("application/json"), events: headersFor("*/*") };
  return (operation, input, options, reads) => {
    const { method, target, body } = buildRequest(operation, input);
    const { signal, priority = "normal", totalMs = client.deadline.totalMs } = options;
    const { bare, withBody } = headersOf[reads];
    const usual = body === undefined ? bare : withBody;
    const { idempotencyKey } = options;
    const given =
      idempotencyKey === undefined ? usual : { ...usual, "idempotency-key": idempotencyKey };
    const repeatable = makeRepeatable(method, given, operation, wire, client.newKey);
    return {
      operation,
      method,
      url: baseUrl + target,
      isOwn: true,
      headers: repeatable.headers,
      body,
      parameters: input,
      canRepeat: repeatable.canRepeat,
      isKnownAgain: repeatable.isKnownAgain,
      attemptsMax: client.attemptsMax,
      priority,
      totalMs,
      reads,
      signal,
    };
  };
}
