// Who is connected: counted by address when they come, and looked after while they send. Node's own timers end those who
// send no whole head; here are the bounds that it lacks: how many from one address, how slowly a body may come, and how long
// a connection that has had its last answer may linger.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { neighbourhoodOf } from "./neighbourhood.ts";

export interface Guest {
  readonly socket: Socket;
  /** The newest on this connection; the request is complete once its body has come. */
  request: IncomingMessage | undefined;
  response: ServerResponse | undefined;
  /** The request whose body is being timed, the time it has left, and what had come when it was last looked at. */
  timed: IncomingMessage | undefined;
  leftMs: number;
  bytesRead: number;
  /** Whether it had had its last answer when it was last looked at. */
  lingers: boolean;
}

export interface GuestBounds {
  readonly requestTimeoutMs: number;
  readonly uploadBytesPerSecondMin: number;
  readonly connectionsPerAddressMax: number;
}

/** What is found out at a look, at each one until it is over. */
export interface Findings {
  /** A body comes too slowly. */
  readonly onLate: (socket: Socket) => void;
  /** A body is not read further: its connection stands still, and would not tell that its caller has gone. */
  readonly onHeldBack: (socket: Socket) => void;
}

export class Guests {
  readonly #bounds: GuestBounds;
  readonly #findings: Findings;
  readonly #byAddress = new Map<string, number>();
  readonly #connected = new Set<Socket>();
  readonly #guests = new Map<Socket, Guest>();

  constructor(bounds: GuestBounds, findings: Findings) {
    this.#bounds = bounds;
    this.#findings = findings;
  }

  /** Lets a connection in, before a byte of it was read; or says that its address has enough of them. */
  admit(socket: Socket): boolean {
    const address = neighbourhoodOf(socket.remoteAddress ?? "");
    const others = this.#byAddress.get(address) ?? 0;
    if (others >= this.#bounds.connectionsPerAddressMax) return false;
    this.#byAddress.set(address, others + 1);
    this.#connected.add(socket);
    socket.once("close", () => {
      this.#connected.delete(socket);
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    });
    return true;
  }

  get size(): number {
    return this.#connected.size;
  }

  /** Looks after a connection from now on; with TLS, the one inside, once both ends agree. */
  welcome(socket: Socket): void {
    if (socket.destroyed) return;
    this.#guests.set(socket, newGuest(socket));
    socket.once("close", () => this.#guests.delete(socket));
  }

  find(socket: Socket): Guest | undefined {
    return this.#guests.get(socket);
  }

  guests(): Iterable<Guest> {
    return this.#guests.values();
  }

  /** Ends who has not left by itself. */
  cutAll(): void {
    for (const socket of this.#connected) socket.destroy();
  }

  /** Looks at everybody. @param elapsedMs since the last look. */
  lookAfter(elapsedMs: number): void {
    for (const guest of this.#guests.values()) {
      this.#timeBody(guest, elapsedMs);
      // Without this the other end could keep its half open for ever. It had time to read its last answer since the last look.
      if (guest.lingers) guest.socket.destroy();
      guest.lingers = guest.socket.writableFinished;
    }
  }

  /** A bucket of time, which fills again with what comes: at the rate that is asked for it stays full. */
  #timeBody(guest: Guest, elapsedMs: number): void {
    const { request, socket } = guest;
    if (request === undefined || request.complete || request.destroyed) {
      guest.timed = undefined;
      return;
    }
    const { requestTimeoutMs, uploadBytesPerSecondMin } = this.#bounds;
    if (guest.timed !== request) {
      guest.timed = request;
      guest.leftMs = requestTimeoutMs;
      guest.bytesRead = socket.bytesRead;
      return;
    }
    const cameMs = ((socket.bytesRead - guest.bytesRead) / uploadBytesPerSecondMin) * 1_000;
    guest.bytesRead = socket.bytesRead;
    // While it is us who take nothing, the time is not the caller's.
    const isOurs = !request.readableFlowing || request.readableLength > 0;
    if (isOurs) this.#findings.onHeldBack(socket);
    const spentMs = isOurs ? 0 : elapsedMs;
    guest.leftMs = Math.min(requestTimeoutMs, guest.leftMs + cameMs - spentMs);
    if (guest.leftMs <= 0) this.#findings.onLate(socket);
  }
}

function newGuest(socket: Socket): Guest {
  return {
    socket,
    request: undefined,
    response: undefined,
    timed: undefined,
    leftMs: 0,
    bytesRead: 0,
    lingers: false,
  };
}
