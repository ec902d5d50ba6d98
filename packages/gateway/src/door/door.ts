// The door: where requests come in. Node's own HTTP server is one; a faster one can stand beside it, and must keep the same
// promises: everything that comes is answered by the gate or in its envelope, within bounds.

import type { Refuser } from "sluice/adapter/node";
import type { Clock } from "sluice/base";
import type { Answer, Call } from "sluice/gate";

export interface DoorOptions {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** Without it the door speaks plain HTTP. */
  readonly tls?: DoorTls;
  /** Every request that can be read. Never rejects. */
  readonly answer: (call: Call) => Promise<Answer>;
  /** Bytes that are no request, or not one that may pass. */
  readonly unreadable: Refuser["unreadable"];
  /** Headers that may carry a key, lower case: no `Connection` header may have them taken out on the way. */
  readonly keyHeaders: readonly string[];
  /**
   * Whether a GET of this target (path and query, as sent) may upgrade its connection to a WebSocket, where what is behind the
   * door takes that up. Asked only by a Node that `canUpgrade`. @default none may
   */
  readonly mayUpgrade?: (target: string) => boolean;
  /** @default `doorBounds` */
  readonly bounds?: Partial<DoorBounds>;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** PEM texts. */
export interface DoorTls {
  readonly cert: string;
  readonly key: string;
}

/** What one caller may take of the door. */
export interface DoorBounds {
  /** Until the last header has come; for the greetings of TLS, too. */
  readonly headersTimeoutMs: number;
  /** Until the whole request has come; longer by the time that its body takes at `uploadBytesPerSecondMin`. */
  readonly requestTimeoutMs: number;
  readonly uploadBytesPerSecondMin: number;
  /** How long a connection may wait for its next request; longer than the load balancer in front waits. */
  readonly keepAliveMs: number;
  /** How long a caller may take nothing of an answer that waits for it. An answer that has nothing to send may be quiet. */
  readonly stalledMs: number;
  /** What comes beyond is closed without a word: an answer would cost what there is too little of. */
  readonly connectionsMax: number;
  /** The same for each address; an IPv6 address stands for its /64. Behind a load balancer all come from one. */
  readonly connectionsPerAddressMax: number;
  readonly headerBytesMax: number;
  readonly headersMax: number;
}

export const doorBounds: DoorBounds = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  uploadBytesPerSecondMin: 16_384,
  keepAliveMs: 65_000,
  stalledMs: 60_000,
  connectionsMax: 10_000,
  connectionsPerAddressMax: 1_000,
  headerBytesMax: 16_384,
  headersMax: 100,
};

export interface Door {
  readonly host: string;
  readonly port: number;
  /** Open connections. */
  readonly connections: number;
  /** Connections that were closed because there were too many, ever. */
  readonly turnedAway: number;
  /** From the next greeting on; connections that are open go on as they are. */
  renewTls(tls: DoorTls): void;
  /**
   * Takes no more connections, and closes each one after the answer that is under way on it. Resolves once all have left;
   * what is still there after its grace is cut off.
   */
  close(grace: Grace): Promise<void>;
}

/** How long an answer that is under way may take while its door closes. */
export interface Grace {
  /** For answers whose head has not left. */
  readonly answersMs: number;
  /** For those that are leaving: streams, and callers who read slowly. */
  readonly streamsMs: number;
}

export type OpenDoor = (options: DoorOptions) => Promise<Door>;
