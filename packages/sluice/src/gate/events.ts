/** What an operator should hear of, as it happens. Events carry no key and no body. */
import { type KeyFormat, redactKeys } from "../contract/index.ts";

export type GateEvent =
  /** Something threw: a handler, an upstream, a store, or ourselves. The caller saw none of it. */
  | {
      readonly kind: "fault";
      readonly step: string;
      readonly requestId: string;
      readonly error: unknown;
    }
  /** The limits' store stopped or started answering; one event a change. */
  | { readonly kind: "limits_down"; readonly error: unknown }
  | { readonly kind: "limits_back" }
  /** The directory stopped or started answering those who look up keys; one event a change. */
  | { readonly kind: "directory_down"; readonly error: unknown }
  | { readonly kind: "directory_back" }
  /** A shadow stopped or started judging, or telling; one event a change. No call is touched by it. */
  | { readonly kind: "shadow_down"; readonly error: unknown }
  | { readonly kind: "shadow_back" }
  /** A call died with credits on hold. They are free again; whether its work was done is for people to find out. */
  | { readonly kind: "hold_expired"; readonly holdId: string }
  /** The upstream gave an error that no folding rule covers: a hole in the contract. */
  | {
      readonly kind: "unfolded";
      readonly requestId: string;
      readonly operation: string;
      readonly status: number;
    };

export type EventListener = (event: GateEvent) => void;

/** The default listener: one line an event, without the keys that an error's message may repeat. */
export function printFaults(format: KeyFormat): EventListener {
  return (event) => console.error(`sluice: ${redactKeys(format, describe(event))}`);
}

function describe(event: GateEvent): string {
  switch (event.kind) {
    case "fault":
      return `fault in ${event.step}, request ${event.requestId}: ${nameOf(event.error)}`;
    case "limits_down":
      return `the store of the limits does not answer: ${nameOf(event.error)}`;
    case "limits_back":
      return "the store of the limits answers again";
    case "directory_down":
      return `the directory does not answer; verified keys go on for a while: ${nameOf(event.error)}`;
    case "directory_back":
      return "the directory answers again";
    case "shadow_down":
      return `the shadow contract does not judge; calls go on without it: ${nameOf(event.error)}`;
    case "shadow_back":
      return "the shadow contract judges again";
    case "hold_expired":
      return `the hold of request ${event.holdId} ran out; its credits are free again`;
    case "unfolded":
      return `no folding rule for a ${event.status} of ${event.operation}, request ${event.requestId}`;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
