// The door: where requests come in. Node's own HTTP server is one; a faster one can stand beside it, and must keep the same
// promises: everything that comes is answered by the gate or in its envelope, within bounds.

import type { Answer, Call, Gate } from "sluice/gate";

export interface DoorOptions {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** PEM texts; without them the door speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Every request that can be read. Never rejects. */
  readonly answer: (call: Call) => Promise<Answer>;
  /** Bytes that are no request, or not one that may pass. */
  readonly unreadable: Gate["unreadable"];
  readonly bounds: DoorBounds;
}

/** What one caller may take of the door. */
export interface DoorBounds {
  /** Until the last header has come. */
  readonly headersTimeoutMs: number;
  /** Until the whole request has come. */
  readonly requestTimeoutMs: number;
  /** How long a connection may wait for its next request; longer than the load balancer in front waits. */
  readonly keepAliveMs: number;
  readonly connectionsMax: number;
  readonly headerBytesMax: number;
  readonly headersMax: number;
}

export interface Door {
  readonly host: string;
  readonly port: number;
  /** Open connections. */
  readonly connections: number;
  /**
   * Takes no more connections, and closes each one after the answer that is under way on it. Resolves once all have left;
   * what is still there after `graceMs` is cut off.
   */
  close(graceMs: number): Promise<void>;
}

export type OpenDoor = (options: DoorOptions) => Promise<Door>;
