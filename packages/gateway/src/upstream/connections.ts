// The connections to one upstream: one request at a time on each, the last one used first, so that few are kept warm; and
// a bounded queue for what finds none free. undici's own pool queues without a bound and cannot take anything back from it.

import { Client } from "undici";
import { UpstreamFailure } from "./upstream-failure.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";

/** Something that wants a connection, and gives it back by `release`. */
export interface Passenger {
  board(client: Client): void;
}

export class Connections {
  readonly #settings: UpstreamSettings;
  readonly #all: Client[] = [];
  readonly #free: Client[] = [];
  /** In order of arrival, from `#first` on; whoever left leaves a hole. */
  readonly #queue: (Passenger | undefined)[] = [];
  #first = 0;
  #waiting = 0;
  #closing: (() => void) | undefined;
  #isClosed = false;

  constructor(settings: UpstreamSettings) {
    this.#settings = settings;
  }

  /** @throws UpstreamFailure where too many wait already */
  take(passenger: Passenger): void {
    if (this.#isClosed) throw new UpstreamFailure("queue", "it has been closed");
    const { connectionsMax, queueMax } = this.#settings;
    const free = this.#free.pop();
    if (free !== undefined) passenger.board(free);
    else if (this.#all.length < connectionsMax) passenger.board(this.#open());
    else if (this.#waiting < queueMax) {
      this.#queue.push(passenger);
      this.#waiting++;
    } else throw new UpstreamFailure("queue", `${queueMax} requests wait for a connection already`);
  }

  /** Whoever waits no more; whether it did. */
  leave(passenger: Passenger): boolean {
    const at = this.#queue.indexOf(passenger, this.#first);
    if (at === -1) return false;
    this.#queue[at] = undefined;
    this.#waiting--;
    return true;
  }

  /** Hands the connection on to the first that waits. */
  release(client: Client): void {
    const next = this.#shift();
    if (next !== undefined) {
      next.board(client);
      return;
    }
    this.#free.push(client);
    this.#closeIfIdle();
  }

  #shift(): Passenger | undefined {
    if (this.#waiting === 0) {
      this.#queue.length = 0;
      this.#first = 0;
      return undefined;
    }
    let next: Passenger | undefined;
    while (next === undefined) next = this.#queue[this.#first++];
    this.#waiting--;
    // Now and then what is behind us is cut off: so seldom that it costs nothing to speak of.
    if (this.#first > this.#settings.queueMax) {
      this.#queue.splice(0, this.#first);
      this.#first = 0;
    }
    return next;
  }

  /** Requests under way, and waiting. */
  get load(): { readonly busy: number; readonly waiting: number } {
    return { busy: this.#all.length - this.#free.length, waiting: this.#waiting };
  }

  /** Takes nothing more, and resolves once everything under way has ended and all sockets are closed. */
  async close(): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      await new Promise<void>((resolve) => {
        this.#closing = resolve;
        this.#closeIfIdle();
      });
    }
    await Promise.all(this.#all.map((client) => client.close().catch(() => undefined)));
  }

  #closeIfIdle(): void {
    if (this.#free.length === this.#all.length && this.#waiting === 0) this.#closing?.();
  }

  #open(): Client {
    const { origin, socketPath, ca, insecureAnyCertificate } = this.#settings;
    const { connectTimeoutMs, keepAliveMs, headerBytesMax } = this.#settings;
    const client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      // An experiment that an environment variable could switch on.
      useMilo: false,
      maxHeaderSize: headerBytesMax,
      keepAliveTimeout: keepAliveMs,
      // The deadline is the gate's, and silence is watched here, where a stream of events can be told apart.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: connectTimeoutMs,
        // Said explicitly, so that no environment variable can turn it off.
        rejectUnauthorized: !insecureAnyCertificate,
        ...(socketPath !== undefined && { socketPath }),
        ...(ca !== undefined && { ca: typeof ca === "string" ? ca : [...ca] }),
      },
    });
    this.#all.push(client);
    return client;
  }
}
